import { config } from 'zod/mini';

/*
 * Each page's entry imports this before anything else: schemas read the setting when they are made.
 * The Content-Security-Policy forbids eval; without this zod probes for it and leaves a report in the console.
 */
config({ jitless: true });
