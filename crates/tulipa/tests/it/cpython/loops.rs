//! The parts of `test_base_events`, `test_events` and `test_tasks` that need a loop and tasks.

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;
use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::task::TaskBuilder;
use tulipa::{EventLoop, Promise, RunError, Task, create_task, get_running_loop, sleep, yield_now};

use crate::support::{Log, OnDrop, on_both_backends, panic_of, reports};

const MILLISECOND: Duration = Duration::from_millis(1);
const HOUR: Duration = Duration::from_secs(3600);

/// `test_events.EventLoopTestsMixin.test_run_until_complete_nesting`
#[test]
fn run_until_complete_nesting() {
    on_both_backends(|event_loop| {
        let nested = event_loop.clone();
        let ran = event_loop.run_until_complete(async move {
            assert!(nested.is_running());
            nested.run_until_complete(yield_now())
        });
        assert!(matches!(ran.unwrap(), Err(RunError::AlreadyRunning)));
    });
}

/// `test_events.EventLoopTestsMixin.test_run_until_complete`
#[test]
fn run_until_complete_real_time() {
    on_both_backends(|event_loop| {
        let start = event_loop.time();
        event_loop.run_until_complete(sleep(2 * MILLISECOND)).unwrap();
        assert!(event_loop.time() - start >= 2 * MILLISECOND);
    });
}

/// `test_events.EventLoopTestsMixin.test_run_until_complete_stopped`
#[test]
fn run_until_complete_stopped() {
    on_both_backends(|event_loop| {
        let reports = reports(event_loop);
        let ended = event_loop.run_until_complete(async {
            get_running_loop().stop();
            sleep(HOUR).await;
        });
        assert!(matches!(ended, Err(RunError::Stopped)));
        event_loop.close();
        assert_eq!(reports.take().len(), 1, "its task was pending");
    });
}

/// `test_tasks.BaseTaskTests.test_stop_while_run_in_complete`
#[test]
fn stop_while_it_runs() {
    on_both_backends(|event_loop| {
        let count = Rc::new(Cell::new(0));
        let counts = count.clone();
        let stopped = event_loop.run_until_complete(async move {
            while counts.get() < 10 {
                yield_now().await;
                counts.set(counts.get() + 1);
                if counts.get() == 2 {
                    get_running_loop().stop();
                }
            }
        });
        let said = stopped.unwrap_err().to_string();
        assert_eq!(said, "the event loop was stopped before the future had ended");
        let task = event_loop.all_tasks().remove(0);
        assert_eq!((task.done(), count.get()), (false, 2));
        task.cancel();
        event_loop.run_until_complete(yield_now()).unwrap();
        assert!(task.cancelled() && event_loop.all_tasks().is_empty());
        assert_eq!(count.get(), 3, "the yield in which it was stopped is over");
    });
}

/// `test_base_events.BaseEventLoopTests.test_run_until_complete_loop`, other than in asyncio: a
/// promise of another loop can be waited for (S-FUT-9).
#[test]
fn a_promise_of_another_loop() {
    let [one, other] = [(); 2].map(|()| EventLoop::new().unwrap());
    let promise: Promise<u32> = one.create_promise();
    let to_set = promise.clone();
    other.call_soon(move || to_set.set_result(1).unwrap());
    assert_eq!(other.run_until_complete(promise).unwrap().unwrap(), 1);
}

/// `test_base_events.BaseEventLoopTests.test_run_until_complete_loop_orphan_future_close_loop`:
/// the main task of a run that was cut short ends in the next one, and does not end that.
#[test]
fn the_main_task_of_an_earlier_run_does_not_stop_this_one() {
    on_both_backends(|event_loop| {
        let promise = event_loop.create_promise::<()>();
        let orphan = promise.clone();
        event_loop.call_soon(|| get_running_loop().stop());
        assert!(matches!(event_loop.run_until_complete(orphan), Err(RunError::Stopped)));
        let log = Log::new();
        let writes = log.clone();
        let second = event_loop.run_until_complete(async move {
            promise.set_result(()).unwrap();
            for _ in 0..5 {
                yield_now().await;
            }
            writes.add("to the end");
        });
        second.unwrap();
        assert_eq!(log.take(), ["to the end"]);
        assert!(event_loop.all_tasks().is_empty(), "the orphan has ended");
    });
}

/// `test_base_events.BaseEventLoopTests.test_run_until_complete_baseexception`: a main that failed
/// leaves no stop behind.
#[test]
fn a_main_that_failed_leaves_no_stop_behind() {
    on_both_backends(|event_loop| {
        let (text, _) = panic_of(|| event_loop.run_until_complete(async { panic!("interrupt") }));
        assert_eq!(text, "interrupt");
        let log = Log::new();
        let writes = log.clone();
        event_loop.call_soon(move || {
            get_running_loop().call_soon(move || {
                get_running_loop().stop();
                writes.add("called");
            });
        });
        event_loop.run_forever().unwrap();
        assert_eq!(log.take(), ["called"]);
    });
}

/// `test_base_events.BaseEventLoopTests.test_run_forever_keyboard_interrupt`: a main that failed is
/// not reported as well.
#[test]
fn a_main_that_failed_is_not_reported() {
    on_both_backends(|event_loop| {
        let reports = reports(event_loop);
        let (text, _) = panic_of(|| event_loop.run_until_complete(async { panic!("interrupt") }));
        assert_eq!(text, "interrupt");
        event_loop.close();
        assert_eq!(reports.take().len(), 0);
    });
}

/// `test_base_events.BaseEventLoopTests.test_create_task_error_closes_coro`
#[test]
fn a_task_refused_by_a_closed_loop_is_dropped() {
    let (event_loop, log) = (EventLoop::new().unwrap(), Log::new());
    event_loop.close();
    let held = OnDrop(log.clone(), "dropped");
    let (text, _) = panic_of(|| event_loop.create_task(async move { drop(held) }));
    assert_eq!(text, "the event loop has been closed: make a new one");
    assert_eq!(log.take(), ["dropped"]);
}

/// `test_base_events.BaseEventLoopTests.test_create_named_task_with_default_factory`
#[test]
fn create_named_task() {
    let event_loop = EventLoop::new().unwrap();
    let task = event_loop.create_task(async {}).with_name("test_task");
    assert_eq!(&*task.name(), "test_task");
    event_loop.run_until_complete(task).unwrap().unwrap();
}

/// `test_base_events.BaseEventLoopTests.test_set_task_factory`: a factory says how tasks are made;
/// that they are of another class is nothing it can say.
#[test]
fn set_task_factory() {
    let event_loop = EventLoop::new().unwrap();
    assert!(event_loop.task_factory().is_none());
    event_loop.set_task_factory(|spec| spec.name = Some("mine".into()));
    assert!(event_loop.task_factory().is_some());
    let task = event_loop.create_task(async {});
    assert_eq!(&*task.name(), "mine");
    event_loop.run_until_complete(task).unwrap().unwrap();

    event_loop.reset_task_factory();
    assert!(event_loop.task_factory().is_none());
    let task = event_loop.create_task(async {});
    assert_ne!(&*task.name(), "mine");
    event_loop.run_until_complete(task).unwrap().unwrap();
}

/// `test_base_events.BaseEventLoopTests.test_create_named_task_with_custom_factory`
#[test]
fn create_named_task_with_a_factory_that_gives_none() {
    let event_loop = EventLoop::new().unwrap();
    event_loop.set_task_factory(|_| ());
    let builder = TaskBuilder::new().name("test_task").on(&event_loop.runtime());
    let task = builder.create_task(async {});
    assert_eq!(&*task.name(), "test_task");
    event_loop.run_until_complete(task).unwrap().unwrap();
}

/// `test_events.EventLoopTestsMixin.test_prompt_cancellation`
#[test]
fn prompt_cancellation() {
    on_both_backends(|event_loop| {
        let waits: Task<()> = event_loop.create_task(pending());
        let view = waits.task_ref();
        let main = event_loop.create_task(async move {
            let view = waits.task_ref();
            get_running_loop().call_soon(move || assert!(view.cancel()));
            let said = if waits.await.is_err() { "cancelled" } else { "" };
            get_running_loop().stop();
            said
        });
        event_loop.run_forever().unwrap();
        assert_eq!(main.result().unwrap(), &"cancelled");
        assert!(view.cancelled());
    });
}

/// `test_events.EventLoopTestsMixin.test_close_running_event_loop`
#[test]
fn close_running_event_loop() {
    let event_loop = EventLoop::new().unwrap();
    let closes = async { panic_of(|| get_running_loop().close()).0 };
    let said = event_loop.run_until_complete(closes).unwrap();
    assert_eq!(said, "a running event loop cannot be closed: `stop` it first");
    assert!(!event_loop.is_closed());
}

/// `test_events.EventLoopTestsMixin.test_close`, `test_base_events.BaseEventLoopTests.test_close`:
/// what needs tasks.
#[test]
fn a_closed_loop_runs_no_tasks() {
    let event_loop = EventLoop::new().unwrap();
    let promise = event_loop.create_promise::<()>();
    event_loop.close();
    assert!(matches!(event_loop.run_until_complete(promise), Err(RunError::Closed)));
    assert!(panic_of(|| event_loop.create_task(async {})).0.contains("has been closed"));
    let handle = event_loop.handle();
    assert!(handle.run_coroutine_threadsafe(async || 1).is_err());
}

/// `test_base_events.RunningLoopTests.test_running_loop_within_a_loop`
#[test]
fn running_loop_within_a_loop() {
    let [inner, outer] = [(); 2].map(|()| EventLoop::new().unwrap());
    let refused = outer.run_until_complete(async move { inner.run_forever() });
    let said = refused.unwrap().unwrap_err().to_string();
    assert!(said.starts_with("an event loop is already running on this thread"), "{said}");
}

/// `test_events.TestPyGetEventLoop.test_get_event_loop_returns_running_loop`,
/// `test_get_event_loop_returns_running_loop2`
#[test]
fn the_running_loop() {
    let nobody = || panic_of(get_running_loop).0;
    assert!(nobody().starts_with("no event loop is running on this thread"));
    let event_loop = EventLoop::new().unwrap();
    assert!(nobody().starts_with("no event loop"), "it has been made, but does not run");
    let id = event_loop.runtime().id();
    let inside = event_loop.run_until_complete(async { get_running_loop().runtime().id() });
    assert_eq!(inside.unwrap(), id);
    assert!(nobody().starts_with("no event loop"));
}

/// `test_tasks.BaseTaskTests.test_log_destroyed_pending_task`, other than in asyncio: a task that
/// waits is not lost with its handle; it is destroyed, and that is reported, as its loop closes.
#[test]
fn a_pending_task_is_destroyed_with_its_loop() {
    on_both_backends(|event_loop| {
        let reports = reports(event_loop);
        let kill_me = event_loop.create_task(async {
            pending::<()>().await;
            unreachable!("nobody wakes it");
        });
        assert_eq!(event_loop.all_tasks(), [kill_me.task_ref()]);
        let place = kill_me.spawned_at();
        event_loop.run_until_complete(yield_now()).unwrap();
        kill_me.detach();
        event_loop.run_until_complete(yield_now()).unwrap();
        assert_eq!((event_loop.all_tasks().len(), reports.take().len()), (1, 0));
        event_loop.close();
        let told = reports.take();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].message(), "Task was destroyed but it is pending!");
        assert_eq!(told[0].location(), Some(place));
        assert!(event_loop.all_tasks().is_empty());
    });
}

/// `test_base_events.BaseEventLoopTests.test_default_exc_handler_coro`
#[test]
fn a_failure_that_nobody_retrieved() {
    on_both_backends(|event_loop| {
        let reports = reports(event_loop);
        let fails = async {
            yield_now().await;
            panic!("zero")
        };
        let ended = event_loop.run_until_complete(async move {
            let task: Task<()> = create_task(fails);
            task.add_done_callback(|_| get_running_loop().stop());
            drop(task);
            catch_cancel(pending::<()>()).await.is_err()
        });
        assert!(matches!(ended, Err(RunError::Stopped)));
        let told = reports.take();
        assert_eq!((told.len(), told[0].exception_text()), (1, Some("zero")));
        assert_eq!(told[0].message(), "Task exception was never retrieved");
    });
}
