//! Context variables on the real loop: whose context exception handlers, runs and work from other
//! threads have.

use std::thread;

use tulipa::context::{Context, ContextVar};
use tulipa::task::TaskBuilder;
use tulipa::{EventLoop, Runner, Task, create_task, current_task, get_running_loop, yield_now};

use crate::support::{Log, on_both_backends};

static VAR: ContextVar<&str> = ContextVar::with_default("var", "nobody's");

/// Runs a test with no variable set, on whatever thread it is.
fn afresh(test: impl FnOnce()) {
    Context::new().run(test);
}

fn on_both_backends_afresh(test: impl Fn(&EventLoop)) {
    on_both_backends(|event_loop| afresh(|| test(event_loop)));
}

fn value() -> &'static str {
    VAR.get().unwrap()
}

/// Collects in which context the exception handler runs, and which exception it was told of.
fn told(event_loop: &EventLoop) -> Log<(&'static str, String)> {
    let log = Log::new();
    let told = log.clone();
    event_loop.set_exception_handler(move |context| {
        told.add((value(), context.exception_text().unwrap_or_default().to_owned()));
    });
    log
}

/// S-ERR-2, `test_futures2.FutureTests.test_task_exc_handler_correct_context`
#[test]
fn the_exception_handler_runs_in_the_context_of_the_task_at_fault() {
    on_both_backends_afresh(|event_loop| {
        let told = told(event_loop);
        VAR.set("the caller's");
        let ran = event_loop.run_until_complete(async {
            VAR.set("main's");
            let fails = create_task(async {
                VAR.set("the task's");
                panic!("zero")
            });
            let _: &Task<()> = &fails;
            fails.detach();
            yield_now().await;
            value()
        });
        assert_eq!(ran.unwrap(), "main's");
        assert_eq!(told.take(), [("the task's", "zero".to_owned())]);
        assert_eq!(value(), "the caller's");
    });
}

/// S-ERR-2: who drops the task last does not matter.
#[test]
fn dropped_by_another_task_or_outside_its_panic_is_told_in_the_context_of_the_task_at_fault() {
    on_both_backends_afresh(|event_loop| {
        let told = told(event_loop);
        let fails = |name: &'static str| {
            event_loop.create_task(async move {
                VAR.set(name);
                panic!("zero")
            })
        };
        let [inside, outside]: [Task<()>; 2] = ["the first's", "the second's"].map(fails);
        let ran = event_loop.run_until_complete(async move {
            VAR.set("main's");
            while !inside.done() {
                yield_now().await;
            }
            drop(inside);
        });
        ran.unwrap();
        assert_eq!(told.take(), [("the first's", "zero".to_owned())]);
        VAR.set("the caller's");
        drop(outside);
        assert_eq!(told.take(), [("the second's", "zero".to_owned())]);
    });
}

/// S-ERR-2, `test_futures2.FutureTests.test_handle_exc_handler_correct_context`: a callback of each
/// kind.
#[test]
fn the_exception_handler_runs_in_the_context_of_the_callback_at_fault() {
    fn fails(name: &'static str) -> impl FnOnce() + Send + 'static {
        move || {
            assert_eq!(value(), "the scheduler's");
            VAR.set(name);
            panic!("zero")
        }
    }
    on_both_backends_afresh(|event_loop| {
        let told = told(event_loop);
        VAR.set("the scheduler's");
        event_loop.call_soon(fails("soon"));
        event_loop.call_at(event_loop.time(), fails("at"));
        event_loop.handle().call_soon_threadsafe(fails("from a thread")).unwrap();
        let promise = event_loop.create_promise();
        promise.add_done_callback(|_| fails("done")());
        let task = event_loop.create_task(async {});
        task.add_done_callback(|_| fails("task done")());
        VAR.set("changed since");
        promise.set_result(()).unwrap();
        let mut seen = Vec::new();
        while seen.len() < 5 {
            event_loop.turn(None).unwrap();
            seen.extend(told.take().into_iter().map(|(name, _)| name));
        }
        seen.sort_unstable();
        assert_eq!(seen, ["at", "done", "from a thread", "soon", "task done"]);
        assert_eq!(value(), "changed since");
    });
}

/// S-RUN-8
#[test]
fn the_runs_of_a_runner_share_a_context_and_do_not_change_their_callers() {
    afresh(|| {
        VAR.set("the caller's");
        let runner = Runner::new().unwrap();
        VAR.set("changed since");
        let first = runner.run(async {
            let before = value();
            create_task(async { drop(VAR.set("a task's")) }).await.unwrap();
            VAR.set("the first run's");
            before
        });
        assert_eq!(
            first.unwrap(),
            "the caller's",
            "a copy of what it was when the runner was made"
        );
        assert_eq!(runner.context().get(&VAR), Some("the first run's"));
        let second = runner.run(async { (value(), current_task().unwrap()) });
        assert_eq!(second.unwrap().0, "the first run's");
        assert_eq!(value(), "changed since");
    });
}

/// S-RUN-8
#[test]
fn each_runner_and_each_run_of_a_loop_has_a_context_of_its_own() {
    afresh(|| {
        let sets = || async {
            let before = value();
            VAR.set("a run's");
            before
        };
        for _ in 0..2 {
            assert_eq!(tulipa::run(sets()), "nobody's");
            let event_loop = EventLoop::new().unwrap();
            assert_eq!(event_loop.run_until_complete(sets()).unwrap(), "nobody's");
            assert_eq!(event_loop.run_until_complete(sets()).unwrap(), "nobody's");
        }
    });
}

/// S-LOOP-17
#[test]
fn work_from_a_real_thread_runs_in_the_context_of_its_sender() {
    on_both_backends_afresh(|event_loop| {
        VAR.set("the loop's owner's");
        let (handle, closes) = (event_loop.handle(), event_loop.handle());
        let sender = thread::spawn(move || {
            assert_eq!(value(), "nobody's", "a thread begins with none");
            VAR.set("the sender's");
            let (callback, seen) = std::sync::mpsc::channel();
            handle.call_soon_threadsafe(move || callback.send(value()).unwrap()).unwrap();
            let body = handle.run_coroutine_threadsafe(|| {
                let made = value();
                async move {
                    let began = value();
                    VAR.set("the task's");
                    yield_now().await;
                    (made, began, value())
                }
            });
            VAR.set("changed since");
            let body = body.unwrap().wait(None).unwrap();
            closes.stop().unwrap();
            (seen.recv().unwrap(), body, value())
        });
        event_loop.run_forever().unwrap();
        let (callback, body, after) = sender.join().unwrap();
        assert_eq!(callback, "the sender's");
        assert_eq!(body, ("the sender's", "the sender's", "the task's"));
        assert_eq!((after, value()), ("changed since", "the loop's owner's"));
    });
}

/// S-LOOP-17
#[test]
fn from_the_loops_own_thread_it_is_the_callers_too() {
    afresh(|| {
        let event_loop = EventLoop::new().unwrap();
        let seen = event_loop.run_until_complete(async {
            let handle = get_running_loop().handle();
            VAR.set("the caller's");
            let body = handle.run_coroutine_threadsafe(|| async { value() }).unwrap();
            VAR.set("changed since");
            body.await.unwrap()
        });
        assert_eq!(seen.unwrap(), "the caller's");
    });
}

/// S-TASK-6: what awaits there is the context's own, also on two loops one after the other.
#[test]
fn a_context_goes_from_loop_to_loop() {
    afresh(|| {
        let context = Context::new();
        for name in ["one", "two"] {
            let event_loop = EventLoop::new().unwrap();
            let builder = TaskBuilder::new().context(&context).on(&event_loop.runtime());
            let task = builder.create_task(async move {
                let before = value();
                yield_now().await;
                VAR.set(name);
                before
            });
            let before = event_loop.run_until_complete(task).unwrap().unwrap();
            assert_eq!(before, if name == "one" { "nobody's" } else { "one" });
        }
        assert_eq!((context.get(&VAR), value()), (Some("two"), "nobody's"));
    });
}
