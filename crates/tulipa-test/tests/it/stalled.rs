//! A loop in which nothing can happen any more says who waits.

use std::error::Error;
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use tulipa_task::{Promise, create_task};
use tulipa_test::{Stalled, TestLoop};
use tulipa_time::sleep;

#[test]
fn the_error_names_every_task_and_where_it_was_spawned() {
    let test_loop = TestLoop::new();
    let line = line!() + 1;
    let spawns = async {
        let _other = create_task(pending::<()>()).with_name("the other");
        pending::<()>().await;
    };
    let stalled: Stalled = test_loop.run_until_complete(spawns).unwrap_err();
    let text = stalled.to_string();
    let spawned = format!("'the other' spawned at {}:{}", file!(), line + 1);
    assert!(text.contains(&spawned), "{text}");
    let main = format!("spawned at {}:{}", file!(), line + 4);
    assert_eq!(text.matches(&main).count(), 1, "{text}");
    assert_eq!(text.lines().count(), 3, "one line for the error, one for each task: {text}");
    let _: &dyn Error = &stalled;
}

#[test]
fn a_cycle_of_waits_is_found() {
    let test_loop = TestLoop::new();
    let cycle = async {
        let (first, second) = (Promise::<()>::new(), Promise::<()>::new());
        let (one, two) = (first.clone(), second.clone());
        let task = create_task(async move {
            let _ = one.await;
            second.set_result(()).unwrap();
        });
        let _ = two.await;
        first.set_result(()).unwrap();
        task.await.unwrap();
    };
    assert!(test_loop.run_until_complete(cycle).is_err());
}

#[test]
fn a_far_sleep_is_no_stall_and_sleeping_for_ever_is() {
    let test_loop = TestLoop::new();
    let century = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    assert_eq!(test_loop.run_until_complete(sleep(century)), Ok(()));
    assert!(test_loop.run_until_complete(sleep(Duration::MAX)).is_err());
}

#[test]
fn the_loop_can_be_used_after_a_stall() {
    let test_loop = TestLoop::new();
    let promise = Promise::new_on(&test_loop.runtime());
    let waits = promise.clone();
    assert!(test_loop.run_until_complete(async move { waits.await.unwrap() }).is_err());
    assert_eq!(test_loop.pending_tasks(), 1, "who stalled is still there");
    promise.set_result(()).unwrap();
    assert_eq!(test_loop.run_until_complete(async { 1 }), Ok(1));
    test_loop.run_until_stalled();
    assert_eq!(test_loop.pending_tasks(), 0, "and goes on when it can");
}

#[test]
fn run_panics_with_the_error() {
    let run = AssertUnwindSafe(|| tulipa_test::run(pending::<()>()));
    let payload = catch_unwind(run).unwrap_err();
    let text = payload.downcast_ref::<String>().expect("a text");
    assert!(text.contains("the loop stalled") && text.contains(file!()), "{text}");
}
