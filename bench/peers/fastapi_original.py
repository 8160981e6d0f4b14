"""A service made like the one that this project grew out of: FastAPI, the pickle itself, every prediction in mongomock."""

import pickle
import sys
from datetime import datetime

import mongomock
import numpy
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel


class Flight(BaseModel):
    sched_dep_time: int
    sched_arr_time: int
    distance: float
    clouds: float
    pres: float
    wind_spd: float
    precip: float
    snow: float


with open(sys.argv[1], "rb") as file:
    loaded = pickle.load(file)
captures = mongomock.MongoClient().db.data_capture
names = list(Flight.model_fields)
app = FastAPI()


@app.post("/model/predict/")
def predict(flight: Flight) -> dict:
    features = flight.model_dump()
    row = numpy.array([[features[name] for name in names]])
    scaled = loaded["model"].predict(loaded["x_scaler"].transform(row))
    score = float(loaded["y_scaler"].inverse_transform(scaled.reshape(-1, 1))[0, 0])
    captures.insert_one({"features": features, "score": score, "datetime": datetime.now(), "model": "flight-delay"})
    return {"score": score, "model_version": 1.0}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=0, loop="asyncio", http="h11", access_log=False)
