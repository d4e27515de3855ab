// What is usually built with Node's ws: each message is sent to one client after the other, those
// of one turn in one write.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

let WebSocketServer;
try {
  ({ WebSocketServer } = createRequire(import.meta.url)("ws"));
} catch {
  console.log("the package ws is missing (npm ci in bench/peers)");
  process.exit(0);
}

const symbols = [...Array(50).keys()].map(
  (i) => "S" + String(i).padStart(2, "0").replace(/\d/g, (d) => "ABCDEFGHIJ"[d]));
const UNBOUNDED = 1e9;
const BATCH = 100;
const MOST_BUFFERED = 1 << 20;
const clients = [];
let rate = 0;
let published = 0;

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
server.on("listening", () => console.log("port " + server.address().port));
server.on("connection", (ws, request) => {
  ws.once("message", (text) => {
    const asked = JSON.parse(text);
    ws.send(JSON.stringify({ type: "subscribed", symbols: asked.symbols }));
    clients.push({ ws, socket: request.socket, symbols: new Set(asked.symbols) });
  });
});

let start = 0n;
let count = 0;
let running = 0;
function turn() {
  if (rate !== running) {
    running = rate;
    start = process.hrtime.bigint();
    count = 0;
  }
  if (rate > 0) {
    const unbounded = rate >= UNBOUNDED;
    const due = unbounded ? Infinity : Math.floor(Number(process.hrtime.bigint() - start) / 1e9 * rate);
    // Without a bound, as many as the slowest socket takes.
    const full = unbounded && clients.some((client) => client.ws.bufferedAmount > MOST_BUFFERED);
    const end = full ? count
      : Math.min(due, count + (unbounded ? BATCH : Math.max(1, Math.floor(rate / 200))));
    if (count < end) clients.forEach((client) => client.socket.cork());
    const busy = count < end;
    for (; count < end; count++, published++) {
      const symbol = symbols[count % 50];
      const text = Buffer.from(JSON.stringify({ type: "market_data", data: {
        event_type: "trade", symbol, timestamp: 1706284800000, price: 185.25, size: 100,
        conditions: [14, 37], exchange: 4,
        trade_id: String(10n ** 18n + process.hrtime.bigint()) },
        timestamp: "2024-01-26T11:00:00.012-05:00" }));
      for (const client of clients) {
        if (client.symbols.has(symbol)) client.ws.send(text, { binary: false });
      }
    }
    if (busy) clients.forEach((client) => client.socket.uncork());
  }
  if (rate >= UNBOUNDED) setImmediate(turn);
  else setTimeout(turn, rate > 0 ? 1 : 5);
}
turn();

createInterface({ input: process.stdin }).on("line", (line) => {
  rate = 0;
  setTimeout(() => {
    console.log("published " + published);
    rate = Number(line.split(" ")[1]);
  }, 50);
}).on("close", () => process.exit(0));
