//! The tests that CPython 3.13 has for the same primitives, written anew. Each names the one it
//! stands for; `README.md` lists those that have no counterpart, and why.

mod barrier; // test_locks: Barrier, filling and draining
mod barrier_broken; // test_locks: Barrier, reset and abort
mod condition; // test_locks: Condition
mod condition_cancel; // test_locks: Condition, cancelled in each of its steps
mod event; // test_locks: Event
mod lock; // test_locks: Lock
mod queue; // test_queues: the basics, and get
mod queue_kinds; // test_queues: join and shutdown, on each of the three queues
mod queue_put; // test_queues: put, and cancelled getters and putters
mod semaphore; // test_locks: Semaphore
mod semaphore_order; // test_locks: Semaphore, first come first served
