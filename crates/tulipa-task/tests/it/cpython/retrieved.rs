//! Who is told of an exception that nobody looked at: the `tb_logger` and `never_retrieved` tests.

use tulipa_task::{Promise, create_task};
use tulipa_test::TestLoop;
use tulipa_time::yield_now;

/// Makes a promise, does something with it, drops it, and gives what was reported.
fn reported(with: impl FnOnce(&Promise<u8>)) -> Vec<String> {
    let test_loop = TestLoop::new();
    let promise = Promise::new_on(&test_loop.runtime());
    with(&promise);
    drop(promise);
    test_loop.turn();
    test_loop.take_reports().iter().map(ToString::to_string).collect()
}

const NOTHING: [&str; 0] = [];

/// `test_futures.BaseFutureTests.test_tb_logger_abandoned`
#[test]
fn abandoned() {
    assert_eq!(reported(|_| ()), NOTHING);
}

/// `test_futures.BaseFutureTests.test_tb_logger_not_called_after_cancel`
#[test]
fn not_called_after_cancel() {
    let reported = reported(|promise| {
        promise.set_exception("boom").unwrap();
        promise.cancel();
    });
    assert_eq!(reported, NOTHING);
}

/// `test_futures.BaseFutureTests.test_tb_logger_result_unretrieved`
#[test]
fn result_unretrieved() {
    assert_eq!(reported(|promise| promise.set_result(42).unwrap()), NOTHING);
}

/// `test_futures.BaseFutureTests.test_tb_logger_result_retrieved`
#[test]
fn result_retrieved() {
    let reported = reported(|promise| {
        promise.set_result(42).unwrap();
        promise.result().unwrap();
    });
    assert_eq!(reported, NOTHING);
}

/// `test_futures.BaseFutureTests.test_tb_logger_exception_unretrieved`,
/// `test_future_exception_never_retrieved`
#[test]
fn exception_unretrieved() {
    let reported = reported(|promise| promise.set_exception("boom").unwrap());
    assert_eq!(reported, ["Promise exception was never retrieved\nexception: boom"]);
}

/// `test_futures.BaseFutureTests.test_tb_logger_exception_retrieved`
#[test]
fn exception_retrieved() {
    let reported = reported(|promise| {
        promise.set_exception("boom").unwrap();
        promise.exception().unwrap();
    });
    assert_eq!(reported, NOTHING);
}

/// `test_futures.BaseFutureTests.test_tb_logger_exception_result_retrieved`
#[test]
fn exception_result_retrieved() {
    let reported = reported(|promise| {
        promise.set_exception("boom").unwrap();
        assert!(promise.result().is_err());
    });
    assert_eq!(reported, NOTHING);
}

/// `test_tasks.BaseTaskTests.test_tb_logger_not_called_after_cancel`
#[test]
fn a_task_that_was_cancelled_after_it_had_failed() {
    let test_loop = TestLoop::new();
    test_loop
        .run_until_complete(async {
            let task = create_task(async { panic!("type error") });
            let _: &tulipa_task::Task<()> = &task;
            yield_now().await;
            assert!(!task.cancel());
        })
        .unwrap();
    assert!(test_loop.take_reports().is_empty());
}
