//! A panic goes to whoever waits for it, else to the reports; the loop goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Wake, Waker};

use tulipa_task::create_task;
use tulipa_test::TestLoop;
use tulipa_time::yield_now;

struct PanicsOnDrop;

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        panic!("in a destructor");
    }
}

/// The one report there is.
fn report(test_loop: &TestLoop) -> String {
    let reports = test_loop.take_reports();
    assert_eq!(reports.len(), 1, "{reports:?}");
    reports[0].to_string()
}

#[test]
fn a_panic_of_the_awaited_future_is_resumed() {
    let test_loop = TestLoop::new();
    let run = AssertUnwindSafe(|| test_loop.run_until_complete(async { panic!("the payload") }));
    let payload = catch_unwind(run).unwrap_err();
    assert_eq!(payload.downcast_ref::<&str>(), Some(&"the payload"));
    assert!(test_loop.take_reports().is_empty(), "somebody has it");
    assert_eq!(test_loop.run_until_complete(async { 1 }), Ok(1), "the loop can be used");
}

#[test]
fn a_cancelled_future_is_a_panic_of_run() {
    let test_loop = TestLoop::new();
    let cancels = async {
        tulipa_task::current_task().unwrap().cancel();
        yield_now().await;
    };
    let payload = catch_unwind(AssertUnwindSafe(|| test_loop.run_until_complete(cancels)));
    let payload = payload.unwrap_err();
    let text = payload.downcast_ref::<String>().expect("a text");
    assert!(text.contains("was cancelled"), "{text}");
}

#[test]
fn a_panic_that_nobody_awaits_is_reported() {
    let test_loop = TestLoop::new();
    test_loop.create_task(async { panic!("in a task") }).with_name("broken").detach();
    test_loop.run_until_stalled();
    let text = report(&test_loop);
    assert!(text.contains("never retrieved") && text.contains("'broken'"), "{text}");
    assert!(text.ends_with("exception: in a task"), "{text}");
}

#[test]
fn a_panic_in_a_callback_is_reported_and_the_batch_goes_on() {
    let test_loop = TestLoop::new();
    let runtime = test_loop.runtime();
    runtime.call_soon(Box::new(|| panic!("in a callback")));
    let after = test_loop.create_task(async {});
    assert!(test_loop.turn());
    assert!(after.done(), "what stands behind it in the queue runs");
    assert_eq!(report(&test_loop), "Exception in callback\nexception: in a callback");
}

#[test]
fn a_panic_in_a_waker_is_reported_and_the_other_timers_fire() {
    struct Panics;
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            panic!("in a waker");
        }
    }
    let test_loop = TestLoop::new();
    let (runtime, counting) = (test_loop.runtime(), tulipa_test::CountingWaker::new());
    runtime.wake_at(runtime.now(), &Waker::from(Arc::new(Panics)));
    runtime.wake_at(runtime.now(), counting.waker());
    test_loop.turn();
    assert_eq!(counting.wakes(), 1);
    assert!(report(&test_loop).contains("in a waker"));
}

#[test]
fn a_panic_in_a_destructor_of_a_task_is_reported() {
    let test_loop = TestLoop::new();
    let value = test_loop.run_until_complete(async {
        let task = create_task(async {
            let _held = PanicsOnDrop;
            std::future::pending::<()>().await;
        });
        yield_now().await;
        task.cancel();
        task.await.unwrap_err().is_cancelled()
    });
    assert_eq!(value, Ok(true), "it ends as it would have");
    assert!(report(&test_loop).contains("in a destructor"));
}

#[test]
fn panics_in_destructors_do_not_keep_a_loop_from_ending() {
    let test_loop = TestLoop::new();
    let runtime = test_loop.runtime();
    let dropped = std::rc::Rc::new(());
    for _ in 0..3 {
        let (panics, held) = (PanicsOnDrop, dropped.clone());
        runtime.call_soon(Box::new(move || drop((panics, held))));
        let (panics, held) = (PanicsOnDrop, dropped.clone());
        test_loop.create_task(async move { drop((panics, held)) }).detach();
    }
    drop(test_loop);
    assert_eq!(std::rc::Rc::strong_count(&dropped), 1, "all of it was dropped");
}
