// The vendor's own JavaScript client, pointed at POLYGON_REST and POLYGON_STREAM, which must be a
// simulated market whose clock stands within a trading day of New York, or a server before it. Behind
// such a server all keys have one plan: then POLYGON_ONE_PLAN is set.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {restClient, websocketClient} from '@massive.com/client-js';

const REST = process.env.POLYGON_REST;
const STREAM = process.env.POLYGON_STREAM;
const KEY = 'advanced-key';

assert.ok(REST && STREAM, 'POLYGON_REST and POLYGON_STREAM are needed');

const rest = restClient(KEY, REST);
const paging = restClient(KEY, REST, {pagination: true});

const january = {
  stocksTicker: 'AAPL', multiplier: 1, timespan: 'day', from: '2024-01-01', to: '2024-01-31',
};

/** This client joins pages in reverse: order holds within a page, not between them. */
const sorted = (rows, by) => [...rows].sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0));

/** The error that the client throws for an answer that is none. */
async function refusal(call) {
  try {
    await call();
  } catch (e) {
    return e.response;
  }
  assert.fail('it was answered');
}

test('bars: one page, and the same bars over many pages', async () => {
  const whole = await rest.getStocksAggregates(january);
  assert.equal(whole.status, 'OK');
  assert.equal(whole.ticker, 'AAPL');
  assert.equal(whole.adjusted, true);
  assert.equal(whole.resultsCount, 21);
  assert.equal(whole.results.length, 21);
  for (const bar of whole.results) {
    assert.ok(bar.l <= Math.min(bar.o, bar.c) && Math.max(bar.o, bar.c) <= bar.h, JSON.stringify(bar));
    assert.ok(bar.v > 0 && bar.n > 0 && bar.vw > 0);
  }
  const parts = await paging.getStocksAggregates({...january, limit: 4});
  assert.deepEqual(sorted(parts.results, bar => bar.t), whole.results);
});

test('bars: minutes page by the base bars that were scanned', async () => {
  const hours = {...january, timespan: 'hour', from: '2024-01-03', to: '2024-01-04'};
  const whole = await rest.getStocksAggregates({...hours, limit: 50000});
  const parts = await paging.getStocksAggregates({...hours, limit: 300});
  assert.deepEqual(sorted(parts.results, bar => bar.t), whole.results);
});

test('bars: nothing found is an answer without results', async () => {
  const none = await rest.getStocksAggregates({...january, stocksTicker: 'NOPE'});
  assert.equal(none.status, 'OK');
  assert.equal(none.resultsCount, 0);
  assert.equal(none.results, undefined);
});

test('trades: paged and whole are the same, newest first', async () => {
  const window = {stockTicker: 'AAPL', timestampGte: '2024-01-03T14:30:00Z', timestampLt: '2024-01-03T14:40:00Z'};
  const whole = await rest.getStocksTrades({...window, limit: 50000});
  assert.ok(whole.results.length > 20, String(whole.results.length));
  for (let i = 1; i < whole.results.length; i++) {
    assert.ok(whole.results[i].sip_timestamp <= whole.results[i - 1].sip_timestamp);
  }
  const parts = await paging.getStocksTrades({...window, limit: 7});
  const sequence = trade => trade.sequence_number;
  assert.deepEqual(sorted(parts.results, sequence), sorted(whole.results, sequence));
});

test('tickers: a search, all pages of a list, details', async () => {
  const found = await rest.listTickers({search: 'apple', active: true});
  assert.ok(found.results.some(ticker => ticker.ticker === 'AAPL'));
  const whole = await rest.listTickers({market: 'stocks', limit: 1000});
  const parts = await paging.listTickers({market: 'stocks', limit: 3});
  assert.deepEqual(sorted(parts.results, t => t.ticker), sorted(whole.results, t => t.ticker));
  const details = await rest.getTicker({ticker: 'AAPL'});
  assert.equal(details.results.ticker, 'AAPL');
  assert.equal(details.results.market, 'stocks');
});

test('snapshots: one, several, movers', async () => {
  const one = await rest.getStocksSnapshotTicker({stocksTicker: 'AAPL'});
  assert.equal(one.status, 'OK');
  assert.equal(one.ticker.ticker, 'AAPL');
  assert.ok(one.ticker.lastTrade.p > 0);
  assert.ok(one.ticker.lastQuote.P >= one.ticker.lastQuote.p);
  assert.ok(one.ticker.prevDay.c > 0);
  // This client repeats the parameter for each element, of which the vendor takes one: so one.
  const several = await rest.getStocksSnapshotTickers({tickers: ['AAPL,MSFT,NOPE']});
  assert.deepEqual(several.tickers.map(t => t.ticker).sort(), ['AAPL', 'MSFT']);
  const gainers = await rest.getStocksSnapshotDirection({direction: 'gainers'});
  assert.ok(gainers.tickers.length <= 20);
});

test('last trade and quote, previous day, open and close, status', async () => {
  const trade = await rest.getLastStocksTrade({stocksTicker: 'AAPL'});
  assert.equal(trade.results.T, 'AAPL');
  const quote = await rest.getLastStocksQuote({stocksTicker: 'AAPL'});
  assert.ok(quote.results.P >= quote.results.p);
  const previous = await rest.getPreviousStocksAggregates({stocksTicker: 'AAPL'});
  assert.equal(previous.results.length, 1);
  const day = await rest.getStocksOpenClose({stocksTicker: 'AAPL', date: '2024-01-03'});
  assert.equal(day.symbol, 'AAPL');
  const bars = await rest.getStocksAggregates({...january, from: '2024-01-03', to: '2024-01-03'});
  assert.equal(day.close, bars.results[0].c);
  assert.ok(['open', 'closed', 'extended-hours'].includes((await rest.getMarketStatus()).market));
});

test('errors have the vendor\'s status and body', async () => {
  const badKey = await refusal(() => restClient('bad-key', REST).getMarketStatus());
  assert.equal(badKey.status, 401);
  assert.equal(badKey.data.error, 'Unknown API Key');
  const unknown = await refusal(() => rest.getTicker({ticker: 'NOPE'}));
  assert.equal(unknown.status, 404);
  assert.equal(unknown.data.message, 'Ticker not found.');
  if (process.env.POLYGON_ONE_PLAN) {
    return;
  }
  const basic = await refusal(
    () => restClient('basic-key', REST).getStocksTrades({stockTicker: 'AAPL'}));
  assert.equal(basic.status, 403);
  assert.equal(basic.data.status, 'NOT_AUTHORIZED');
});

/** Opens a market of the stream and collects its events until enough is known. */
function stream(market, key, params, enough) {
  return new Promise((resolve, reject) => {
    const socket = websocketClient(key, STREAM)[market]();
    const events = [];
    const timeout = setTimeout(() => {
      socket.close();
      reject(new Error(`not enough within 20 s: ${JSON.stringify(events).slice(0, 2000)}`));
    }, 20000);
    const done = () => {
      clearTimeout(timeout);
      socket.close();
      resolve(events);
    };
    socket.onmessage = ({data}) => {
      const frame = JSON.parse(data);
      assert.ok(Array.isArray(frame), data);
      for (const event of frame) {
        events.push(event);
        if (event.status === 'auth_success') {
          socket.send(JSON.stringify({action: 'subscribe', params}));
        }
      }
      if (enough(events)) {
        done();
      }
    };
    socket.onclose = () => enough(events) ? done() : undefined;
  });
}

const count = (events, ev) => events.filter(event => event.ev === ev).length;

test('stream: trades, quotes and second bars of stocks', async () => {
  const events = await stream('stocks', KEY, 'T.AAPL,Q.AAPL,A.AAPL',
    all => count(all, 'T') > 3 && count(all, 'Q') > 3 && count(all, 'A') > 0);
  assert.equal(events[0].status, 'connected');
  assert.equal(events[1].status, 'auth_success');
  const acks = events.filter(event => event.status === 'success').map(event => event.message);
  assert.deepEqual(acks.sort(),
    ['subscribed to: A.AAPL', 'subscribed to: Q.AAPL', 'subscribed to: T.AAPL']);
  let last = -1;
  for (const trade of events.filter(event => event.ev === 'T')) {
    assert.equal(trade.sym, 'AAPL');
    assert.ok(trade.p > 0 && trade.q > last, JSON.stringify(trade));
    last = trade.q;
  }
});

test('stream: coins and currencies', async () => {
  const crypto = await stream('crypto', KEY, 'XT.BTC-USD', all => count(all, 'XT') > 1);
  assert.ok(crypto.filter(event => event.ev === 'XT').every(event => event.pair === 'BTC-USD'));
});

test('stream: a key that is not known is told so', async () => {
  const events = await stream('stocks', 'bad-key', '',
    all => all.some(event => event.status === 'auth_failed'));
  assert.equal(events.at(-1).message, 'authentication failed');
});
