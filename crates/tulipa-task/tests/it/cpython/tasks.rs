//! The parts of `test_tasks.BaseTaskTests` about which task runs and what a task gives.

use tulipa_task::{Promise, all_tasks_of, create_task, current_task};
use tulipa_test::{TestLoop, run};

use crate::support::join;

/// `test_tasks.BaseTaskTests.test_current_task`
#[test]
fn current_task_is_the_running_one() {
    assert!(current_task().is_none());
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async { current_task() });
    let view = task.task_ref();
    test_loop.turn();
    assert_eq!(join(task).unwrap(), Some(view));
    assert!(current_task().is_none());
}

/// `test_tasks.BaseTaskTests.test_current_task_with_interleaving_tasks`
#[test]
fn current_task_with_interleaving_tasks() {
    run(async {
        let [one, two] = [(); 2].map(|()| Promise::new());
        let first = create_task({
            let (one, two) = (one.clone(), two.clone());
            async move {
                let before = current_task().unwrap();
                one.await.unwrap();
                two.set_result(()).unwrap();
                (before, current_task().unwrap())
            }
        });
        let second = create_task(async move {
            let before = current_task().unwrap();
            one.set_result(()).unwrap();
            two.await.unwrap();
            (before, current_task().unwrap())
        });
        for task in [first, second] {
            let view = task.task_ref();
            assert_eq!(task.await.unwrap(), (view.clone(), view));
        }
    });
}

/// `test_tasks.BaseTaskTests.test_step_result_future`
#[test]
fn a_task_waits_on_a_promise() {
    let test_loop = TestLoop::new();
    let promise = Promise::new_on(&test_loop.runtime());
    let task = test_loop.create_task(promise.clone());
    test_loop.turn();
    assert!(!task.done());
    promise.set_result("an object").unwrap();
    test_loop.turn();
    assert!(task.done());
    assert_eq!(join(task).unwrap().unwrap(), "an object");
}

/// `test_tasks.BaseTaskTests.test_coroutine_non_gen_function_return_future`
#[test]
#[expect(clippy::async_yields_async, reason = "the promise is wanted, not its result")]
fn a_promise_is_a_value_like_any_other() {
    let test_loop = TestLoop::new();
    let promise = Promise::new_on(&test_loop.runtime());
    let returned = promise.clone();
    let task = test_loop.create_task(async move { returned });
    test_loop.turn();
    let promise_back = join(task).unwrap();
    assert!(!promise_back.done(), "returned, not awaited");
    promise.set_result("test").unwrap();
    assert_eq!(promise_back.result().unwrap(), "test");
}

/// `test_tasks.BaseTaskTests.test_baseexception_during_cancel`
///
/// A panic is caught with its task; it does not go through the loop.
#[test]
fn panic_during_cancel() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        let caught = tulipa_cancel::catch_cancel(std::future::pending::<()>()).await;
        caught.unwrap_err().suppress();
        panic!("system exit");
    });
    test_loop.turn();
    task.cancel();
    assert!(!task.done());
    test_loop.turn();
    assert!(task.done() && !task.cancelled());
    assert_eq!(join::<()>(task).unwrap_err().panic_message(), Some("system exit"));
}

/// `test_tasks.BaseTaskIntrospectionTests.test__register_task_1`, `test__register_task_3`,
/// `test__unregister_task`
#[test]
fn all_tasks_knows_a_task_from_its_making_to_its_end() {
    let test_loop = TestLoop::new();
    assert!(all_tasks_of(&*test_loop.runtime()).is_empty());
    let task = test_loop.create_task(async {});
    assert_eq!(all_tasks_of(&*test_loop.runtime()), [task.task_ref()]);
    test_loop.turn();
    assert!(task.done() && all_tasks_of(&*test_loop.runtime()).is_empty());
}
