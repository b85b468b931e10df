/** Runs the databases of all tests in their own thread; those that are about the thread ask for it again. */
import { runDatabasesIn } from '../database-thread.ts';
import { SameThread } from './same-thread.ts';

runDatabasesIn(() => new SameThread());
