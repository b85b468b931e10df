import '../../offline/offline.ts';
import { parentPort } from 'node:worker_threads';
import { serveSpeakers } from './serve-speakers.ts';

// The worker thread of speakers: compares the voices of one recording. It touches no file, no vault and no network.

if (parentPort === null) throw new Error('the speakers worker runs as a worker thread');
serveSpeakers(parentPort);
