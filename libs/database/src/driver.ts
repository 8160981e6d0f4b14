// A door of its own: who connects from another thread needs nothing else of this room.
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { noticeClosedSockets } from './closed-sockets.js';

/** A client of the driver, for a thread that has no Mongoose. */
export function openClient(uri: string, options: MongoClientOptions): MongoClient {
  noticeClosedSockets();
  return new MongoClient(uri, options);
}
