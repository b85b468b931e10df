/** Runs databases and the comparing of voices in the tests' own thread; those that test a thread restore it. */
import { runDatabasesIn } from '../database/database-thread.ts';
import { SameThread } from '../database/testing/same-thread.ts';
import { runSpeakersIn } from '../speakers/speakers-thread.ts';
import { SameThreadSpeakers } from '../speakers/testing/same-thread-speakers.ts';

runDatabasesIn(() => new SameThread());
runSpeakersIn(() => new SameThreadSpeakers());
