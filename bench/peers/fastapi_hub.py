"""What is usually built with FastAPI: each message is sent to one client after the other."""
import asyncio
import json
import sys
import time

try:
    import uvicorn
    from fastapi import FastAPI, WebSocket, WebSocketDisconnect
    import websockets
except ImportError as missing:
    print(f"{missing.name} is missing (apt install python3-fastapi python3-uvicorn python3-websockets)")
    sys.exit(0)

UNBOUNDED = 10**9
app = FastAPI()
clients = []
rate = 0
published = 0
SYMBOLS = ["S" + "".join("ABCDEFGHIJ"[int(d)] for d in f"{i:02d}") for i in range(50)]


@app.websocket("/ws/{client_id}")
async def serve(ws: WebSocket, client_id: str):
    await ws.accept()
    request = json.loads(await ws.receive_text())
    await ws.send_text(json.dumps({"type": "subscribed", "symbols": request["symbols"]}))
    clients.append((ws, set(request["symbols"])))
    try:
        while True:
            await ws.receive_text()
    except WebSocketDisconnect:
        pass


async def publish():
    global published
    while True:
        each = rate
        start = time.monotonic()
        count = 0
        while rate == each and each > 0:
            due = int((time.monotonic() - start) * each)
            # Without a bound, each send waits until its socket takes it.
            for _ in range(20 if each >= UNBOUNDED else min(due - count, max(1, each // 200))):
                symbol = SYMBOLS[count % 50]
                text = json.dumps({"type": "market_data", "data": {
                    "event_type": "trade", "symbol": symbol, "timestamp": 1706284800000,
                    "price": 185.25, "size": 100, "conditions": [14, 37], "exchange": 4,
                    "trade_id": str(10**18 + time.monotonic_ns())},
                    "timestamp": "2024-01-26T11:00:00.012-05:00"}, separators=(",", ":"))
                for ws, symbols in clients:
                    if symbol in symbols:
                        await ws.send_text(text)
                count += 1
                published += 1
            await asyncio.sleep(0 if each >= UNBOUNDED else 0.0005)
        await asyncio.sleep(0.001)


async def obey():
    global rate
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        rate = 0
        before = -1
        while before != published:
            before = published
            await asyncio.sleep(0.05)
        print(f"published {published}", flush=True)
        rate = int(line.split()[1])


async def main():
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    print(f"port {server.servers[0].sockets[0].getsockname()[1]}", flush=True)
    await asyncio.gather(running, publish(), obey())


asyncio.run(main())
