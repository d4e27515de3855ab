// What the vendor's own JavaScript client gets from the server at POLYGON_REST is what it gets from the
// vendor, or a simulator of it, at POLYGON_DIRECT: field for field, page after page, errors too.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {restClient} from '@massive.com/client-js';

const KEY = 'advanced-key';
const HERE = process.env.POLYGON_REST;
const THERE = process.env.POLYGON_DIRECT;
const bases = [HERE, THERE];

assert.ok(HERE && THERE && HERE !== THERE, 'POLYGON_REST and POLYGON_DIRECT are needed');

const single = bases.map(base => restClient(KEY, base));
const paging = bases.map(base => restClient(KEY, base, {pagination: true}));

// It ends with a week, since the bar of the present one moves.
const day = {multiplier: 1, timespan: 'day', from: '2024-01-01', to: '2024-01-26'};
const span = {timespan: 'day', window: 5, limit: 20, timestampGte: '2024-01-02', timestampLte: '2024-01-30'};
const minutes = {timestampGte: '2024-01-03T14:30:00Z', timestampLt: '2024-01-03T14:33:00Z'};

/** Without what differs between any two answers: their id, and the host that links lead to. */
function plain(answer, base) {
  return JSON.parse(JSON.stringify(answer), (name, value) => {
    if (name === 'request_id') {
      return undefined;
    }
    if (name === 'next_url') {
      assert.ok(value.startsWith(base + '/'), `${value} leads elsewhere than ${base}`);
      assert.ok(!value.includes(KEY), 'a link shows no key');
      return new URL(value).pathname;
    }
    if (name === 'url' || name.endsWith('_url')) {
      assert.ok(base !== HERE || !value.startsWith(THERE), `${value} leads past the server`);
      return value.replace(base, '').replace('https://api.massive.com', '');
    }
    return value;
  });
}

/** The last digits of an average depend on the order of adding: those of one are taken for both. */
function levelled(here, there) {
  for (const [name, value] of Object.entries(here ?? {})) {
    if (name === 'vw' && Math.abs(value - there?.vw) < 1e-9) {
      here.vw = there.vw;
    } else if (value && typeof value === 'object') {
      levelled(value, there?.[name]);
    }
  }
}

/** Of a trade, what some trades lack: conditions, and how it was reported off the exchanges. */
const OPTIONAL = ['c', 'f', 'r'];

const isOptional = ([name, value]) => OPTIONAL.includes(name) && (name !== 'c' || typeof value !== 'number');

/** Names and types alone, for what moves while it is asked for. */
function shape(value) {
  if (Array.isArray(value)) {
    return typeof value[0] === 'object' ? value.slice(0, 1).map(shape) : 'list';
  }
  return value && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).filter(each => !isOptional(each)).map(([name, each]) => [name, shape(each)]))
    : typeof value;
}

async function both(clients, method, params) {
  const answers = [];
  for (const [i, client] of clients.entries()) {
    answers.push(plain(await client[method](params), bases[i]));
  }
  return answers;
}

const isEmpty = answer => Array.isArray(answer.results) && answer.results.length === 0;

function same(what, clients, method, params) {
  test(what, async () => {
    const [here, there] = await both(clients, method, params);
    levelled(here, there);
    assert.deepEqual(here, there);
    assert.ok(!isEmpty(there), 'there is something to compare');
  });
}

function alike(what, method, params) {
  test(what, async () => {
    const [here, there] = await both(single, method, params);
    assert.deepEqual(shape(here), shape(there));
  });
}

const stocks = {stocksTicker: 'AAPL'};
for (const [timespan, multiplier] of [['day', 1], ['week', 1], ['hour', 4], ['minute', 5]]) {
  for (const more of [{}, {adjusted: false}, {sort: 'desc'}]) {
    const params = {...stocks, ...day, timespan, multiplier, ...more};
    same(`bars of ${multiplier} ${timespan} ${JSON.stringify(more)}`, single, 'getStocksAggregates', params);
  }
}
for (const [timespan, limit] of [['day', 4], ['hour', 3000]]) {
  for (const sort of ['asc', 'desc']) {
    const params = {...stocks, ...day, timespan, limit, sort};
    same(`bars of a ${timespan}, a page, ${sort}`, single, 'getStocksAggregates', params);
    same(`bars of a ${timespan}, all pages, ${sort}`, paging, 'getStocksAggregates', params);
  }
}
same('bars of a crypto pair', single, 'getCryptoAggregates', {cryptoTicker: 'X:BTCUSD', ...day});
same('bars of a currency pair', single, 'getForexAggregates', {forexTicker: 'C:EURUSD', ...day});
same('previous day', single, 'getPreviousStocksAggregates', stocks);
same('all of a day', single, 'getGroupedStocksAggregates', {date: '2024-01-03'});
same('open and close', single, 'getStocksOpenClose', {...stocks, date: '2024-01-03'});

for (const clients of [single, paging]) {
  const how = clients === single ? 'a page' : 'all pages';
  same(`trades, ${how}`, clients, 'getStocksTrades', {stockTicker: 'AAPL', ...minutes, limit: 40});
  same(`quotes, ${how}`, clients, 'getStocksQuotes', {stockTicker: 'AAPL', ...minutes, limit: 40});
  same(`tickers, ${how}`, clients, 'listTickers', {market: 'stocks', limit: 3});
  same(`splits, ${how}`, clients, 'listStockSplits', {ticker: 'AAPL', limit: 1});
  same(`dividends, ${how}`, clients, 'listDividends', {ticker: 'AMD', limit: 5});
  same(`option contracts, ${how}`, clients, 'listOptionsContracts', {underlyingTicker: 'AAPL', limit: 100});
}
for (const name of ['SMA', 'EMA', 'RSI']) {
  same(name, single, `getStocks${name}`, {stockTicker: 'AAPL', ...span});
}
same('MACD', single, 'getStocksMACD', {
  stockTicker: 'AAPL', timespan: 'day', shortWindow: 3, longWindow: 6, signalWindow: 2, limit: 10,
  timestampGte: '2024-01-02', timestampLte: '2024-01-30',
});

same('a ticker', single, 'getTicker', {ticker: 'AAPL'});
same('ticker types', single, 'listTickerTypes', {});
same('exchanges', single, 'listExchanges', {});
same('conditions', single, 'listConditions', {limit: 20});
same('holidays', single, 'getMarketHolidays', undefined);

alike('snapshot of one', 'getStocksSnapshotTicker', stocks);
alike('snapshots of several', 'getStocksSnapshotTickers', {tickers: ['AAPL,MSFT']});
alike('movers', 'getStocksSnapshotDirection', {direction: 'gainers'});
alike('last trade', 'getLastStocksTrade', stocks);
alike('last quote', 'getLastStocksQuote', stocks);
alike('market status', 'getMarketStatus', undefined);

const refusals = [
  ['an unknown ticker', 'getTicker', {ticker: 'NOPE'}],
  ['days the wrong way round', 'getStocksAggregates', {...stocks, ...day, from: '2024-02-01', to: '2024-01-01'}],
  ['no such timespan', 'getStocksAggregates', {...stocks, ...day, timespan: 'fortnight'}],
  ['a day that is none', 'getStocksOpenClose', {...stocks, date: '2024-13-45'}],
  ['a limit that is none', 'listTickers', {limit: -1}],
];
for (const [what, method, params] of refusals) {
  test(`refused alike: ${what}`, async () => {
    const told = [];
    for (const [i, client] of single.entries()) {
      try {
        told.push({answer: plain(await client[method](params), bases[i])});
      } catch (e) {
        assert.ok(e.response, String(e));
        told.push({status: e.response.status, data: plain(e.response.data, bases[i])});
      }
    }
    assert.deepEqual(told[0], told[1]);
  });
}
test('refused alike: a key that is unknown', async () => {
  const told = [];
  for (const base of bases) {
    const refused = await restClient('bad-key', base).getMarketStatus().then(() => null, e => e.response);
    told.push({status: refused.status, error: refused.data.error});
  }
  assert.deepEqual(told[0], told[1]);
});
