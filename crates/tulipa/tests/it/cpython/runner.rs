//! `test_runners.RunnerTests`.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use tulipa::context::{ContextVar, copy_context};
use tulipa::{EventLoop, RunError, Runner, get_running_loop, yield_now};

/// `test_runners.RunnerTests.test_custom_factory`
#[test]
fn custom_factory() {
    let event_loop = EventLoop::new().unwrap();
    let runner = Runner::from(event_loop.clone());
    assert_eq!(runner.event_loop().runtime().id(), event_loop.runtime().id());
}

/// `test_runners.RunnerTests.test_run`
#[test]
fn run() {
    let runner = Runner::new().unwrap();
    let done = runner.run(async {
        yield_now().await;
        "done"
    });
    assert_eq!(done.unwrap(), "done");
    let event_loop = runner.event_loop().clone();
    assert!(!event_loop.is_closed());
    drop(runner);
    assert!(event_loop.is_closed());
}

/// `test_runners.RunnerTests.test_run_future`, other than in asyncio: a promise can be run.
#[test]
fn run_future() {
    let runner = Runner::new().unwrap();
    let promise = runner.event_loop().create_promise();
    let to_set = promise.clone();
    runner.event_loop().call_soon(move || to_set.set_result("done").unwrap());
    assert_eq!(runner.run(promise).unwrap().unwrap(), "done");
}

/// `test_runners.RunnerTests.test_explicit_close`
#[test]
fn explicit_close() {
    let runner = Runner::new().unwrap();
    let event_loop = runner.event_loop().clone();
    runner.close();
    assert!(event_loop.is_closed());
}

/// `test_runners.RunnerTests.test_double_close`: a runner closes once by its type; its loop may be
/// closed before it.
#[test]
fn double_close() {
    let runner = Runner::new().unwrap();
    let event_loop = runner.event_loop().clone();
    event_loop.close();
    assert!(event_loop.is_closed());
    runner.close();
    event_loop.close();
    assert!(event_loop.is_closed());
}

/// `test_runners.RunnerTests.test_second_with_block_raises`: a runner that was closed is gone; what
/// can be tried is another one on its loop.
#[test]
fn a_closed_loop_gets_no_second_runner() {
    let ran = Rc::new(Cell::new(0));
    let appends = |arg: u32| {
        let ran = ran.clone();
        async move { ran.set(ran.get() + arg) }
    };
    let runner = Runner::new().unwrap();
    let event_loop = runner.event_loop().clone();
    runner.run(appends(1)).unwrap();
    runner.close();
    let second = Runner::from(event_loop);
    assert!(matches!(second.run(appends(2)), Err(RunError::Closed)));
    second.close();
    assert_eq!(ran.get(), 1);
}

/// `test_runners.RunnerTests.test_run_keeps_context`
#[test]
fn run_keeps_context() {
    static VAR: ContextVar<i32> = ContextVar::with_default("cvar", -1);
    let sets = |value| async move {
        let old = VAR.get();
        yield_now().await;
        VAR.set(value);
        old
    };
    let runner = Runner::new().unwrap();
    assert_eq!(runner.run(sets(1)).unwrap(), Some(-1));
    assert_eq!(runner.run(sets(2)).unwrap(), Some(1));
    assert_eq!(runner.run(async { copy_context() }).unwrap().get(&VAR), Some(2));
    assert_eq!(VAR.get(), Some(-1));
}

/// `test_runners.RunnerTests.test_recursive_run`
#[test]
fn recursive_run() {
    let runner = Rc::new(Runner::new().unwrap());
    let (again, started) = (runner.clone(), Rc::new(Cell::new(false)));
    let starts = started.clone();
    let refused = runner.run(async move { again.run(async move { starts.set(true) }) });
    assert!(matches!(refused.unwrap(), Err(RunError::AlreadyRunning)));
    assert!(!started.get());
    assert_eq!(Rc::strong_count(&started), 1, "what was not run is dropped");
    assert_eq!(runner.run(async { "goes on" }).unwrap(), "goes on");
}

/// `test_runners.RunnerTests.test_set_event_loop_called_once`: both runs are on one loop.
#[test]
fn one_loop_for_all_runs() {
    let runner = Runner::new().unwrap();
    let ids = [(); 2].map(|()| runner.run(async { get_running_loop().runtime().id() }).unwrap());
    assert_eq!(ids, [runner.event_loop().runtime().id(); 2]);
}

/// Counts how often it is shown.
struct Shown(Rc<Cell<u32>>);

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.set(self.0.get() + 1);
        f.write_str("Shown")
    }
}

/// `test_runners.RunnerTests.test_no_repr_is_call_on_the_task_result`
#[test]
fn nobody_looks_at_the_result() {
    let count = Rc::new(Cell::new(0));
    let shown = Shown(count.clone());
    let runner = Runner::new().unwrap();
    let result = runner.run(async move { shown }).unwrap();
    drop(runner);
    assert_eq!(count.get(), 0);
    assert_eq!((format!("{result:?}").as_str(), count.get()), ("Shown", 1));
}
