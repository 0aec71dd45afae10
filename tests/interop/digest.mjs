// The digest of a book as docs/DIGEST.md defines it, over levels whose numbers a client has made into JavaScript numbers.

const M = (1n << 64n) - 1n;
const C = [
  0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
];

const fold = (x, y) => ((x * y) >> 64n) ^ ((x * y) & M);

function levelHash(side, price, quantity) {
  const a = fold((price & M) ^ C[0], (quantity & M) ^ C[1]);
  const b = fold((price & M) ^ C[2], (quantity & M) ^ C[3]);
  const c = fold((price >> 64n) ^ C[4] ^ side, (quantity >> 64n) ^ C[5]);
  return (fold(b ^ C[7], c ^ C[6]) << 64n) | fold(a ^ C[6], c ^ C[7]);
}

/** A number or its text × 10^18. The shortest text of a double is what the venue wrote, as long as that has no more than 15 digits. */
export function scaled(value) {
  const [digits, exponent = '0'] = String(value).toLowerCase().split('e');
  const [whole, fraction = ''] = digits.split('.');
  const shift = 18 - fraction.length + Number(exponent);
  const units = BigInt(whole + fraction);
  return shift >= 0 ? units * 10n ** BigInt(shift) : units / 10n ** BigInt(-shift);
}

/** Rows of [price, quantity, …]; 32 hexadecimal digits. */
export function digest(bids, asks) {
  let sum = 0n;
  for (const [side, rows] of [[1n, bids], [2n, asks]]) {
    for (const [price, quantity] of rows) sum += levelHash(side, scaled(price), scaled(quantity));
  }
  return (sum & ((1n << 128n) - 1n)).toString(16).padStart(32, '0');
}
