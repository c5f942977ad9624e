//! `test_eager_task_factory.EagerTaskFactoryLoopTests`: all tasks of the loop start eagerly.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;

use tulipa_context::ContextVar;
use tulipa_rt::{TaskFactory, current};
use tulipa_task::{Promise, TaskRef, all_tasks, create_task, current_task, eager_task_factory};
use tulipa_time::sleep;

const MOMENT: Duration = Duration::from_millis(100);

/// Runs a future on a loop with the eager factory.
fn run<F: Future<Output: 'static> + 'static>(future: F) -> F::Output {
    tulipa_test::run(async {
        let old = current().tasks().set_factory(Some(TaskFactory::new(eager_task_factory)));
        assert!(old.is_none());
        future.await
    })
}

async fn blocks() -> &'static str {
    sleep(MOMENT).await;
    "finished after blocking"
}

/// `test_eager_task_factory.EagerTaskFactoryLoopTests.test_eager_task_factory_set`, and
/// `EagerCTaskTests.test_issue122332`: a task that is done before anybody has it.
#[test]
fn the_factory_is_set() {
    run(async {
        assert!(current().tasks().factory().is_some());
        let task = create_task(async {});
        let view = task.task_ref();
        task.await.unwrap();
        assert!(view.done());
    });
}

/// `test_eager_task_factory.EagerTaskFactoryLoopTests.test_await_future_during_eager_step`
#[test]
fn a_promise_set_in_the_eager_step() {
    let message = run(async {
        let promise = Promise::new();
        let to_set = promise.clone();
        let task = create_task(async move { to_set.set_result("my message").unwrap() });
        assert!(task.done());
        promise.await.unwrap()
    });
    assert_eq!(message, "my message");
}

/// `test_eager_task_factory.EagerTaskFactoryLoopTests.test_eager_completion`
#[test]
fn eager_completion() {
    let value = run(async {
        let task = create_task(async { "hello" });
        assert!(task.done());
        task.await.unwrap()
    });
    assert_eq!(value, "hello");
}

/// `test_eager_task_factory.EagerTaskFactoryLoopTests.test_block_after_eager_step`
#[test]
fn block_after_the_eager_step() {
    let value = run(async {
        let mut task = create_task(blocks());
        assert!(!task.done());
        let value = (&mut task).await.unwrap();
        assert!(task.done());
        value
    });
    assert_eq!(value, "finished after blocking");
}

/// `test_eager_task_factory.EagerTaskFactoryLoopTests.test_cancellation_after_eager_completion`
#[test]
fn cancelled_after_it_has_ended() {
    let value = run(async {
        let mut task = create_task(async { "finished without blocking" });
        assert!(!task.cancel(), "a finished task can't be cancelled");
        let value = (&mut task).await.unwrap();
        assert!(!task.cancelled());
        value
    });
    assert_eq!(value, "finished without blocking");
}

/// `test_eager_task_factory.EagerTaskFactoryLoopTests.test_cancellation_after_eager_step_blocks`
#[test]
fn cancelled_where_it_blocks() {
    run(async {
        let task = create_task(blocks());
        assert!(task.cancel_with("cancellation message"));
        assert_eq!(task.cancelling(), 1);
        let error = task.await.unwrap_err();
        assert_eq!(error.as_cancelled().unwrap().message(), Some("cancellation message"));
    });
}

/// `test_eager_task_factory.EagerTaskFactoryLoopTests.test_current_task`
#[test]
fn current_task_before_and_after_it_blocks() {
    run(async {
        let captured = Rc::new(RefCell::new(None));
        let fills = captured.clone();
        let task = create_task(async move {
            *fills.borrow_mut() = current_task();
            sleep(MOMENT).await;
            current_task()
        });
        let view = Some(task.task_ref());
        assert_eq!(*captured.borrow(), view);
        assert_eq!(task.await.unwrap(), view);
    });
}

/// `test_eager_task_factory.EagerTaskFactoryLoopTests.test_all_tasks_with_eager_completion`
#[test]
fn all_tasks_when_it_ends_at_once() {
    run(async {
        let captured = Rc::new(RefCell::new(Vec::new()));
        let fills = captured.clone();
        let task = create_task(async move { *fills.borrow_mut() = all_tasks() });
        let view: TaskRef = task.task_ref();
        assert!(captured.borrow().contains(&view));
        assert!(!all_tasks().contains(&view));
    });
}

/// `test_eager_task_factory.EagerTaskFactoryLoopTests.test_all_tasks_with_blocking`
#[test]
fn all_tasks_when_it_blocks() {
    run(async {
        let [first, second] = [(); 2].map(|()| Promise::new());
        let captured = Rc::new(RefCell::new(Vec::new()));
        let (fills, waits, to_set) = (captured.clone(), first.clone(), second.clone());
        let task = create_task(async move {
            *fills.borrow_mut() = all_tasks();
            waits.await.unwrap();
            to_set.set_result(()).unwrap();
        });
        let view = task.task_ref();
        assert!(captured.borrow().contains(&view) && all_tasks().contains(&view));
        first.set_result(()).unwrap();
        second.await.unwrap();
        assert!(!all_tasks().contains(&view));
    });
}

/// `test_eager_task_factory.EagerTaskFactoryLoopTests.test_context_vars`
#[test]
fn context_vars() {
    static VAR: ContextVar<u32> = ContextVar::with_default("cv", 0);
    run(async {
        VAR.set(1);
        let steps = Rc::new(Cell::new(0));
        let counts = steps.clone();
        let task = create_task(async move {
            assert_eq!(VAR.get(), Some(1));
            VAR.set(2);
            assert_eq!(VAR.get(), Some(2));
            counts.set(1);
            sleep(MOMENT).await;
            assert_eq!(VAR.get(), Some(2));
            VAR.set(3);
            assert_eq!(VAR.get(), Some(3));
            counts.set(2);
        });
        assert_eq!((steps.get(), VAR.get()), (1, Some(1)));
        task.await.unwrap();
        assert_eq!((steps.get(), VAR.get()), (2, Some(1)));
    });
}
