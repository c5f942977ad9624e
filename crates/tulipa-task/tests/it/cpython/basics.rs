//! The parts of `test_tasks.BaseTaskTests` about making tasks and awaiting them.

use std::cell::RefCell;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use tulipa_task::{Promise, Task, all_tasks, create_task, create_task_on, current_task};
use tulipa_test::{TestLoop, run};
use tulipa_time::{sleep, yield_now};

use crate::support::{OnDrop, join};

fn notmuch() -> impl Future<Output = &'static str> {
    std::future::ready("ok")
}

/// `test_tasks.BaseTaskTests.test_task_basics`
#[test]
fn task_basics() {
    let outer = async {
        let a = async { 42 }.await;
        let b = async { 1000 }.await;
        a + b
    };
    assert_eq!(run(outer), 1042);
}

/// `test_tasks.BaseTaskTests.test_coroutine_non_gen_function`
#[test]
fn a_function_that_only_returns() {
    assert_eq!(run(notmuch()), "ok");
}

/// `test_tasks.BaseTaskTests.test_task_class`
#[test]
fn tasks_of_two_loops() {
    let [one, other] = [(); 2].map(|()| TestLoop::new());
    let task = one.create_task(notmuch());
    one.turn();
    assert!(task.done());
    assert_eq!(task.result().unwrap(), &"ok");

    let task = other.create_task(notmuch());
    assert_eq!((one.pending_tasks(), other.pending_tasks()), (0, 1));
    assert!(!one.turn() && !task.done());
    other.turn();
    assert!(task.done());
}

/// `test_tasks.BaseTaskTests.test_create_task_with_async_function`
#[test]
fn create_task_with_async_function() {
    let test_loop = TestLoop::new();
    for _ in 0..2 {
        let task: Task<&str> = test_loop.create_task(notmuch());
        test_loop.turn();
        assert_eq!(join(task).unwrap(), "ok");
    }
}

/// What can be made a future of.
struct CoroutineLike;

impl IntoFuture for CoroutineLike {
    type Output = u32;
    type IntoFuture = Pin<Box<dyn Future<Output = u32>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async {
            yield_now().await;
            42
        })
    }
}

/// `test_tasks.BaseTaskTests.test_create_task_with_asynclike_function`,
/// `test_ensure_future_awaitable`, `test_ensure_future_task_awaitable`
#[test]
fn create_task_with_asynclike_function() {
    let test_loop = TestLoop::new();
    for _ in 0..2 {
        let task: Task<u32> = test_loop.create_task(CoroutineLike);
        test_loop.run_until_stalled();
        assert!(task.done());
        assert_eq!(join(task).unwrap(), 42);
    }
}

/// `test_tasks.BaseTaskTests.test_bare_create_task`
#[test]
fn bare_create_task() {
    run(async {
        let task: Task<u32> = create_task(async { 1 });
        assert_eq!(task.await.unwrap(), 1);
    });
}

/// `test_tasks.BaseTaskTests.test_bare_create_named_task`
#[test]
fn bare_create_named_task() {
    run(async {
        let task = create_task(async {}).with_name("No!");
        assert_eq!(&*task.name(), "No!");
        task.set_name("OK!");
        assert_eq!(&*task.name(), "OK!");
        task.await.unwrap();
    });
}

/// `test_tasks.BaseTaskTests.test_ensure_future_coroutine`
#[test]
fn a_task_needs_a_loop_that_is_named_or_runs() {
    let test_loop = TestLoop::new();
    let task = create_task_on(&test_loop.runtime(), notmuch());
    test_loop.turn();
    assert_eq!(join(task).unwrap(), "ok");

    let panic = std::panic::catch_unwind(|| create_task(notmuch()).detach()).unwrap_err();
    assert!(panic.downcast_ref::<String>().unwrap().contains("no event loop"));

    let task = Rc::new(RefCell::new(None));
    let to_set = task.clone();
    let made = async move { drop(to_set.replace(Some(create_task(notmuch())))) };
    test_loop.run_until_complete(made).unwrap();
    test_loop.run_until_stalled();
    assert_eq!(join(task.take().unwrap()).unwrap(), "ok");
}

/// `test_tasks.BaseCurrentLoopTests.test_current_task_no_running_loop`,
/// `test_current_task_no_running_loop_implicit`, other than in asyncio: no task is no error.
#[test]
fn current_task_no_running_loop() {
    assert_eq!(current_task(), None);
    assert!(std::panic::catch_unwind(all_tasks).is_err(), "but the tasks are some loop's");
}

/// `test_tasks.BaseCurrentLoopTests.test_current_task_with_implicit_loop`
#[test]
fn current_task_with_implicit_loop() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        let before = current_task();
        yield_now().await;
        assert_eq!(before, current_task());
        current_task()
    });
    let view = task.task_ref();
    test_loop.run_until_stalled();
    assert_eq!(join(task).unwrap(), Some(view));
    assert_eq!(current_task(), None);
}

/// `test_tasks.BaseTaskTests.test_other_loop_future`, other than in asyncio: it is awaited.
#[test]
fn other_loop_future() {
    let [home, other] = [(); 2].map(|()| TestLoop::new());
    let promise = Promise::new_on(&other.runtime());
    let task = home.create_task(promise.clone());
    home.run_until_stalled();
    promise.set_result("from there").unwrap();
    home.run_until_stalled();
    assert_eq!(join(task).unwrap().unwrap(), "from there");
}

/// `test_tasks.BaseTaskTests.test_task_awaits_on_itself`
#[test]
fn a_task_that_awaits_itself() {
    let test_loop = TestLoop::new();
    let itself = Rc::new(RefCell::new(None::<Task<()>>));
    let from = itself.clone();
    let task = test_loop.create_task(async move {
        let own = from.take().unwrap();
        own.await.unwrap();
    });
    let view = task.task_ref();
    itself.replace(Some(task));
    test_loop.run_until_stalled();
    assert!(view.done() && !view.cancelled());
    let reports = test_loop.take_reports();
    let said = reports.iter().filter_map(|report| report.exception_text()).collect::<Vec<_>>();
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("cannot await itself"), "{said:?}");
}

/// `test_tasks.BaseTaskTests.test_task_del_collect`
#[test]
fn results_whose_destructors_are_busy() {
    let test_loop = TestLoop::new();
    let runtime = test_loop.runtime();
    let tasks = (0..100).map(|_| {
        let runtime = runtime.clone();
        test_loop
            .create_task(async move { OnDrop(move || create_task_on(&runtime, async {}).detach()) })
    });
    let tasks = tasks.collect::<Vec<_>>();
    test_loop.run_until_stalled();
    for task in tasks {
        drop(join(task).unwrap());
    }
    assert_eq!(test_loop.pending_tasks(), 100, "one each");
    test_loop.run_until_stalled();
    assert_eq!((test_loop.pending_tasks(), test_loop.take_reports().len()), (0, 0));
}

/// `test_tasks.BaseTaskTests.test_task_repr`
#[test]
fn debug() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(notmuch()).with_name("TestTask");
    task.add_done_callback(|_| ());
    let starts = |task: &Task<_>, words: &str| {
        let text = format!("{task:?}");
        assert!(text.starts_with(&format!("<Task {words} name='TestTask'")), "{text}");
        assert!(text.contains(file!()), "it tells the place: {text}");
    };
    starts(&task, "pending");
    task.cancel(); // has no effect at once
    starts(&task, "cancelling");
    test_loop.turn();
    starts(&task, "cancelled");

    let task = test_loop.create_task(notmuch()).with_name("TestTask");
    test_loop.turn();
    starts(&task, "finished");
}

/// `test_tasks.BaseTaskTests.test_task_repr_autogenerated`
#[test]
fn names_that_were_not_given() {
    let test_loop = TestLoop::new();
    let tasks = [(); 2].map(|()| test_loop.create_task(notmuch()));
    assert_ne!(format!("{:?}", tasks[0]), format!("{:?}", tasks[1]));
    let [first, second] = tasks.map(|task| {
        let name = task.name();
        assert!(format!("{task:?}").contains(&*name));
        name.strip_prefix("Task-").unwrap().parse::<u64>().unwrap()
    });
    assert!(first < second);
}

/// `test_tasks.BaseTaskTests.test_task_source_traceback`, `test_get_stack`: not a stack, but the
/// place that made the task.
#[test]
fn the_place_that_made_it() {
    let test_loop = TestLoop::new();
    let (task, line) = (test_loop.create_task(sleep(Duration::from_secs(1))), line!());
    test_loop.turn();
    assert_eq!((task.spawned_at().file(), task.spawned_at().line()), (file!(), line));
    task.detach();
}

/// `test_futures2.FutureReprTests.test_recursive_repr_for_pending_tasks`
#[test]
fn debug_of_a_task_that_gives_all_tasks() {
    run(async {
        let mut waiter = create_task(async { all_tasks() });
        let own = waiter.task_ref();
        let tasks = (&mut waiter).await.unwrap();
        assert!(tasks.contains(&own));
        let text = format!("{tasks:?} {waiter:?}");
        assert_eq!(text.matches("<Task ").count(), tasks.len() + 1, "{text}");
    });
}

/// `test_futures2.FutureTests.test_future_traceback`: five times the same error.
#[test]
fn a_failed_future_awaited_again_and_again() {
    run(async {
        let future = Promise::<()>::new();
        let to_fail = future.clone();
        create_task(async move { to_fail.set_exception("type error").unwrap() }).detach();
        for _ in 0..5 {
            assert_eq!(future.clone().await.unwrap_err().to_string(), "type error");
        }
    });
}
