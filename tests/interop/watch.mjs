// usage: node watch.mjs '{"okx":{"ws":"ws://127.0.0.1:9006","rest":"http://127.0.0.1:9006"}, …}' [seconds]
//
// Watches a book of each venue with clients that know nothing of this project, and compares what they hold with what the local exchange says it has shown.
// Prints one line of JSON a book; exit code 1 where one does not agree.

import ccxt from 'ccxt';
import { WebsocketClient } from 'bybit-api';
import { digest } from './digest.mjs';
import { redirect, watched } from './hosts.mjs';

const endpoints = JSON.parse(process.argv[2] ?? '{}');
const seconds = Number(process.argv[3] ?? 10);
const booksWanted = 20;

/** A book without a number may be seen this much later than the exchange has shown it. */
const settleMs = 2000;
const unseenShareMax = 0.25;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function truth(venue, channel, symbol, number) {
  const asked = new URLSearchParams({ channel, symbol, ...(number === undefined ? {} : { n: String(number) }) });
  const answer = await fetch(`${endpoints[venue].rest}/sim/truth?${asked}`);
  return answer.ok ? answer.json() : null;
}

/** Books of one stream as a client gives them, and how many of them the exchange confirms. */
class Comparison {
  constructor(client, venue, channel, symbol) {
    Object.assign(this, { client, venue, channel, symbol, books: 0, equal: 0, different: 0, unseen: 0, first: null, last: null, error: null });
    this.seen = new Map();
  }

  /** With the venue's number: exactly that state. Without: it has to be one of those that the exchange has had. */
  async add(bids, asks, number) {
    this.books++;
    const found = digest(bids, asks);
    this.last = { bid: bids[0]?.slice(0, 2), ask: asks[0]?.slice(0, 2), levels: [bids.length, asks.length], number };
    if (number === undefined) {
      this.seen.set(found, this.books);
      return;
    }
    const told = await truth(this.venue, this.channel, this.symbol, number);
    if (told && told.number === number) this.count(told.digest === found, { number, found, told: told.digest });
  }

  count(isEqual, detail) {
    if (isEqual) this.equal++;
    else {
      this.different++;
      this.first ??= detail;
    }
  }

  /** For books without a number: what the exchange has now, the client has had or gets soon. It may miss a few, where two messages came at once; a wrong book misses all. */
  async poll(until) {
    while (Date.now() < until) {
      const told = await truth(this.venue, this.channel, this.symbol);
      if (told && this.books > 0) {
        const deadline = Date.now() + settleMs;
        while (!this.seen.has(told.digest) && Date.now() < deadline) await pause(2);
        if (this.seen.has(told.digest)) this.equal++;
        else this.unseen++;
      }
      await pause(50);
    }
  }

  get isRight() {
    return this.error === null && this.different === 0 && this.equal >= Math.min(booksWanted, seconds) && this.unseen <= this.equal * unseenShareMax;
  }

  report() {
    const { client, venue, channel, symbol, books, equal, different, unseen, first, last, error } = this;
    console.log(JSON.stringify({ right: this.isRight, client, venue, channel, symbol, books, equal, different, unseen, last, first, error }));
  }
}

async function watchWithCcxt({ venue, exchange, market, channel, symbol, redirect: baseOf, options = {}, needsKey, hasNumber }) {
  const compared = new Comparison(`ccxt ${ccxt.version}`, venue, channel, symbol);
  const client = new ccxt.pro[exchange]({
    enableRateLimit: true,
    options,
    ...(needsKey ? { apiKey: 'key', secret: Buffer.alloc(64).toString('base64'), password: 'words' } : {}),
  });
  redirect(client.urls.api, baseOf(endpoints));
  client.has.fetchCurrencies = false;
  await client.loadHttpProxyAgent();
  const until = Date.now() + seconds * 1000;
  const polling = hasNumber ? null : compared.poll(until - settleMs);
  try {
    while (Date.now() < until) {
      const book = await Promise.race([client.watchOrderBook(market), pause(until - Date.now()).then(() => null)]);
      if (book) await compared.add(book.bids, book.asks, hasNumber ? book.nonce : undefined);
    }
  } catch (fault) {
    compared.error = `${fault.constructor.name}: ${fault.message}`;
  }
  await polling;
  await client.close().catch(() => {});
  return compared;
}

/** bybit-api hands out messages, not books: the documented algorithm is done here. */
async function watchWithBybitApi(venue, category, symbol, depth) {
  const channel = `orderbook.${depth}`;
  const compared = new Comparison('bybit-api', venue, channel, symbol);
  const quiet = () => {};
  const client = new WebsocketClient(
    { market: 'v5', wsUrl: `${endpoints[venue].ws}/v5/public/${category}` },
    { trace: quiet, info: quiet, error: quiet },
  );
  const sides = { b: new Map(), a: new Map() };
  let last = 0;
  const checks = [];
  client.on('update', ({ type, data }) => {
    if (type === 'snapshot') {
      sides.b.clear();
      sides.a.clear();
    } else if (data.u !== last + 1) {
      compared.error ??= `u ${data.u} behind ${last}`;
    }
    last = data.u;
    for (const side of ['b', 'a']) {
      for (const [price, quantity] of data[side]) {
        if (Number(quantity) === 0) sides[side].delete(price);
        else sides[side].set(price, quantity);
      }
    }
    checks.push(compared.add([...sides.b], [...sides.a], data.u));
  });
  client.on('exception', (fault) => { compared.error ??= JSON.stringify(fault); });
  await client.subscribeV5(`${channel}.${symbol}`, category);
  await pause(seconds * 1000);
  await Promise.all(checks);
  client.closeAll(true);
  return compared;
}

const running = [
  ...watched.filter(({ venue }) => endpoints[venue]).map(watchWithCcxt),
  ...(endpoints['bybit-linear'] ? [watchWithBybitApi('bybit-linear', 'linear', 'ETHUSDT', 50), watchWithBybitApi('bybit-linear', 'linear', 'SOLUSDT', 200)] : []),
  ...(endpoints['bybit-spot'] ? [watchWithBybitApi('bybit-spot', 'spot', 'BTCUSDT', 50)] : []),
];
const results = await Promise.all(running);
for (const result of results) result.report();
process.exit(results.length > 0 && results.every((result) => result.isRight) ? 0 : 1);
