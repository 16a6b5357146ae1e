"""How consumers read the log.

The log's order is (generation, tx, id): a transaction id is given when a transaction first writes, so a transaction
that commits late carries an early one. A reader that went by time or id would have passed its place and skip it. So
nobody reads at or above the oldest transaction that still runs (the horizon): below it nothing can appear any more.

Three steps, each cheap at any size of the log:

1. *Dispatch* (`log_dispatch`): one process at a time goes over the new events below the horizon, once for all
   consumers, and notes for each firm in them how far its part of the log is now known: its head.
2. *Find* (`log_behind`): a consumer asks for the firms whose head lies beyond its cursor. Heads are numbered, and
   those that every firm has consumed are passed over for good, so ten thousand quiet firms cost nothing.
3. *Consume* (`batch`): a worker locks the firm's cursor (others skip it), reads the next events up to the head,
   calls the handler and moves the cursor, in one transaction.

Steps 1 and 2 look across firms and so are functions of the tables' owner; they give out firm ids and counts, never
an event. Step 3 runs under the firm's policy like everything else.
"""
