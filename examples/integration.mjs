// The data server from JavaScript: history with fetch, live trades over a WebSocket.
// Node 22 and browsers have both built in; Node 20 wants --experimental-websocket.
//
//   ./polygon demo                      in one terminal
//   node examples/integration.mjs       in another; POLYGON_SERVER names another address

const SERVER = process.env.POLYGON_SERVER ?? 'http://localhost:8200';

// Using REST API
async function fetchHistoricalData(symbol, timeframe) {
  const response = await fetch(`${SERVER}/api/v1/bars`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      symbol,
      timeframe,
      start_date: '2024-01-01',
      end_date: '2024-01-31'
    })
  });

  return await response.json();
}

// Using WebSocket
class PolygonStream {
  constructor(clientId) {
    this.ws = new WebSocket(`${SERVER.replace(/^http/, 'ws')}/ws/${clientId}`);
    this.setupHandlers();
  }

  setupHandlers() {
    this.ws.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.type === 'market_data') {
        this.handleMarketData(message.data);
      }
    };
  }

  subscribe(symbols, channels = ['T']) {
    this.ws.send(JSON.stringify({
      action: 'subscribe',
      symbols,
      channels
    }));
  }

  handleMarketData(data) {
    // Process incoming data
    console.log(`${data.symbol}: $${data.price}`);
    // Five trades are enough for an example.
    if (++this.seen >= 5) {
      this.ws.close();
    }
  }

  seen = 0;
}

const bars = await fetchHistoricalData('AAPL', '5min');
console.log(`${bars.bar_count} bars of ${bars.symbol}, the first at ${bars.data[0].timestamp}`);

const stream = new PolygonStream('javascript-client');
stream.ws.onopen = () => stream.subscribe(['AAPL', 'MSFT']);
