//! CPython's own tests of runners and of loops with tasks, written anew. Each test names the one it
//! stands for; `README.md` lists those that have no place here.

mod loops; // test_base_events, test_events, test_tasks: loops with tasks
mod run; // test_runners: RunTests
mod runner; // test_runners: RunnerTests
