/** Runs the databases of all tests in their own thread; those that test the thread restore it. */
import { runDatabasesIn } from '../database-thread.ts';
import { SameThread } from './same-thread.ts';

runDatabasesIn(() => new SameThread());
