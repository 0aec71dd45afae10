// Where each client has its hosts, and how they are pointed at the local exchange. Paths, messages and everything else stay the clients' own.

/** Replaces scheme, host and port of every address below `urls` for which `baseOf` knows another one. */
export function redirect(urls, baseOf) {
  for (const [key, value] of Object.entries(urls)) {
    if (typeof value === 'object' && value !== null) redirect(value, baseOf);
    else if (typeof value === 'string') {
      const parts = /^(https?|wss?):\/\/([^/]+)(.*)$/.exec(value);
      const base = parts && baseOf(parts[1].startsWith('ws') ? 'ws' : 'rest', parts[2], parts[3]);
      if (base) urls[key] = base + parts[3];
    }
  }
}

const binance = (endpoints) => (kind, host) => {
  const venue = host.startsWith('fapi') || host.startsWith('fstream') ? 'binance-usdm'
    : host.startsWith('dapi') || host.startsWith('dstream') ? 'binance-coinm'
      : host.startsWith('api.') || host.startsWith('stream.') ? 'binance-spot' : null;
  return venue && endpoints[venue]?.[kind];
};

const bybit = (endpoints, category) => (kind, host, path) => {
  const named = /\/v5\/public\/(linear|spot|inverse)$/.exec(path);
  return endpoints[`bybit-${named ? named[1] : category}`]?.[kind];
};

const one = (endpoints, venue) => (kind) => endpoints[venue][kind];

/** What is watched with ccxt: its exchange, its name of the market, what that is at the venue, and whether ccxt gives its books the venue's number (`nonce`). */
export const watched = [
  { venue: 'binance-spot', hasNumber: true, exchange: 'binance', market: 'BTC/USDT', channel: 'depth@100ms', symbol: 'BTCUSDT', redirect: binance, options: { fetchMarkets: ['spot'] } },
  { venue: 'binance-usdm', hasNumber: true, exchange: 'binanceusdm', market: 'BTC/USDT:USDT', channel: 'depth@100ms', symbol: 'BTCUSDT', redirect: binance },
  { venue: 'binance-coinm', hasNumber: true, exchange: 'binancecoinm', market: 'BTC/USD:BTC', channel: 'depth@100ms', symbol: 'BTCUSD_PERP', redirect: binance },
  { venue: 'bybit-linear', exchange: 'bybit', market: 'BTC/USDT:USDT', channel: 'orderbook.50', symbol: 'BTCUSDT', redirect: (e) => bybit(e, 'linear'), options: { fetchMarkets: { types: ['linear'] } } },
  { venue: 'bybit-spot', exchange: 'bybit', market: 'ETH/USDT', channel: 'orderbook.50', symbol: 'ETHUSDT', redirect: (e) => bybit(e, 'spot'), options: { fetchMarkets: { types: ['spot'] } } },
  { venue: 'okx', hasNumber: true, exchange: 'okx', market: 'BTC/USDT', channel: 'books', symbol: 'BTC-USDT', redirect: (e) => one(e, 'okx'), options: { fetchMarkets: { types: ['spot', 'swap'] } } },
  { venue: 'okx', hasNumber: true, exchange: 'okx', market: 'ETH/USDT:USDT', channel: 'books', symbol: 'ETH-USDT-SWAP', redirect: (e) => one(e, 'okx'), options: { fetchMarkets: { types: ['spot', 'swap'] } } },
  { venue: 'bitfinex', exchange: 'bitfinex', market: 'BTC/USD', channel: 'book.P0.F0.25', symbol: 'tBTCUSD', redirect: (e) => one(e, 'bitfinex') },
  { venue: 'coinbase', exchange: 'coinbaseexchange', market: 'BTC/USD', channel: 'level2', symbol: 'BTC-USD', redirect: (e) => one(e, 'coinbase'), needsKey: true },
  { venue: 'coinbase-advanced', exchange: 'coinbase', market: 'BTC/USD', channel: 'level2', symbol: 'BTC-USD', redirect: (e) => one(e, 'coinbase-advanced') },
];
