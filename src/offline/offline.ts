/** Imported first by every process and thread of the program: from then on it opens no connections. */
import { refuseConnections } from './refuse-connections.ts';

refuseConnections();
