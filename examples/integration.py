"""The data server from Python: history with requests, live data with websockets.

    ./polygon demo                      in one terminal
    python3 examples/integration.py     in another; POLYGON_SERVER names another address

Debian has both libraries as python3-requests and python3-websockets.
"""

import asyncio
import json
import os

import requests
import websockets

SERVER = os.environ.get('POLYGON_SERVER', 'http://localhost:8200')


# REST API client
class PolygonAPIClient:
    def __init__(self, base_url=SERVER):
        self.base_url = base_url

    def get_bars(self, symbol, timeframe, start_date, end_date):
        response = requests.post(
            f'{self.base_url}/api/v1/bars',
            json={
                'symbol': symbol,
                'timeframe': timeframe,
                'start_date': start_date,
                'end_date': end_date
            }
        )
        return response.json()


# WebSocket client
async def stream_market_data():
    uri = SERVER.replace('http', 'ws', 1) + '/ws/python-client'

    async with websockets.connect(uri) as websocket:
        # Subscribe
        await websocket.send(json.dumps({
            'action': 'subscribe',
            'symbols': ['AAPL', 'MSFT'],
            'channels': ['T', 'Q']
        }))

        # Listen for data
        seen = 0
        async for message in websocket:
            data = json.loads(message)
            if data.get('type') == 'market_data':
                print(f"Received: {data['data']}")
                # Five events are enough for an example.
                seen += 1
                if seen >= 5:
                    return


if __name__ == '__main__':
    bars = PolygonAPIClient().get_bars('AAPL', '5min', '2024-01-01', '2024-01-31')
    print(f"{bars['bar_count']} bars of {bars['symbol']}, the first at {bars['data'][0]['timestamp']}")
    asyncio.run(stream_market_data())
