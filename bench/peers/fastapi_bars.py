"""The specification's own stack: FastAPI on uvicorn, answering bars with pandas out of a file.

Run as: python3 fastapi_bars.py FOLDER PORT, where FOLDER has SYMBOL_TIMEFRAME.parquet (read when
pyarrow is there) or .csv.
"""

import os
import sys
from datetime import date, timedelta

import pandas as pd
import uvicorn
from fastapi import FastAPI, HTTPException

FOLDER = sys.argv[1]

try:
    import pyarrow  # noqa: F401

    SUFFIX = ".parquet"
except ImportError:
    SUFFIX = ".csv"

app = FastAPI()


def load(symbol: str, timeframe: str) -> pd.DataFrame:
    path = os.path.join(FOLDER, f"{symbol}_{timeframe}{SUFFIX}")
    if not os.path.exists(path):
        raise HTTPException(404, f"{symbol} is not in the cache")
    if SUFFIX == ".parquet":
        return pd.read_parquet(path)
    frame = pd.read_csv(path)
    frame["timestamp"] = pd.to_datetime(frame["timestamp"], utc=True).dt.tz_convert(
        "America/New_York"
    )
    return frame


def issues(frame: pd.DataFrame) -> int:
    bad = (frame["high"] < frame[["open", "close", "low"]].max(axis=1)) | (
        frame["low"] > frame[["open", "close", "high"]].min(axis=1)
    )
    return int((bad | (frame["volume"] < 0)).sum())


@app.get("/api/v1/bars/{symbol}")
def bars(symbol: str, timeframe: str, start_date: date, end_date: date):
    frame = load(symbol, timeframe)
    start = pd.Timestamp(start_date, tz="America/New_York")
    end = pd.Timestamp(end_date + timedelta(days=1), tz="America/New_York")
    frame = frame[(frame["timestamp"] >= start) & (frame["timestamp"] < end)]
    found = issues(frame)
    frame = frame.assign(timestamp=frame["timestamp"].map(lambda at: at.isoformat()))
    return {
        "symbol": symbol,
        "timeframe": timeframe,
        "start_date": start_date,
        "end_date": end_date,
        "bar_count": len(frame),
        "data": frame.to_dict("records"),
        "cached": True,
        "validation": {"issue_count": found},
    }


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
