//! The tests that CPython 3.13 has for the same functions, written anew. Each names the one it
//! stands for; `README.md` lists those that have no counterpart, and why.

mod as_completed; // test_tasks: as_completed
mod counting; // test_eager_task_factory: how many tasks there are
mod gather; // test_tasks: gather
mod shield; // test_tasks: shield
mod taskgroups; // test_taskgroups
mod taskgroups_cancel; // test_taskgroups: cancelled from outside, late children
mod taskgroups_own_cancel; // 3.15: TaskGroup.cancel
mod timeouts; // test_timeouts, test_waitfor: groups and shields inside
mod wait; // test_tasks: wait
