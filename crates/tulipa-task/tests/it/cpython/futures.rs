//! `test_futures.BaseFutureTests`.

use std::error::Error;
use std::fmt;

use tulipa_task::{Promise, PromiseError};
use tulipa_test::{HandPolled, TestLoop, run};

/// `test_futures.BaseFutureTests.test_initial_state`
#[test]
fn initial_state() {
    let test_loop = TestLoop::new();
    let promise = Promise::<()>::new_on(&test_loop.runtime());
    assert!(!promise.cancelled() && !promise.done());
    promise.cancel();
    assert!(promise.cancelled());
}

/// `test_futures.BaseFutureTests.test_constructor_without_loop`
#[test]
fn constructor_without_loop() {
    let panic = std::panic::catch_unwind(|| drop(Promise::<()>::new())).unwrap_err();
    assert!(panic.downcast_ref::<String>().unwrap().contains("no event loop"));
}

/// `test_futures.BaseFutureTests.test_constructor_use_running_loop`
#[test]
#[expect(clippy::async_yields_async, reason = "the promise is wanted, not its result")]
fn constructor_use_running_loop() {
    let test_loop = TestLoop::new();
    let promise = test_loop.run_until_complete(async { Promise::new() }).unwrap();
    let log = crate::support::Log::default();
    let in_callback = log.clone();
    promise.add_done_callback(move |_| in_callback.add("on-that-loop"));
    promise.set_result(1).unwrap();
    test_loop.turn();
    assert_eq!(log.take(), "on-that-loop");
}

/// `test_futures.BaseFutureTests.test_future_cancel_message_getter`
#[test]
fn cancel_message() {
    run(async {
        let promise = Promise::<()>::new();
        promise.cancel_with("my message");
        let PromiseError::Cancelled(error) = promise.await.unwrap_err() else { panic!() };
        assert_eq!(error.message(), Some("my message"));
    });
}

/// `test_futures.BaseFutureTests.test_cancel`
#[test]
fn cancel() {
    let test_loop = TestLoop::new();
    let promise = Promise::<()>::new_on(&test_loop.runtime());
    assert!(promise.cancel());
    assert!(promise.cancelled() && promise.done());
    assert!(promise.result().unwrap_err().is_cancelled());
    assert!(promise.exception().unwrap_err().is_cancelled());
    assert!(promise.set_result(()).is_err());
    assert!(promise.set_exception("late").is_err());
    assert!(!promise.cancel());
}

/// `test_futures.BaseFutureTests.test_result`
#[test]
fn result() {
    let test_loop = TestLoop::new();
    let promise = Promise::new_on(&test_loop.runtime());
    assert!(matches!(promise.result(), Err(PromiseError::InvalidState(_))));
    promise.set_result(42).unwrap();
    assert!(!promise.cancelled() && promise.done());
    assert_eq!(promise.result().unwrap(), 42);
    assert!(promise.exception().unwrap().is_none());
    assert!(promise.set_result(0).is_err());
    assert!(promise.set_exception("late").is_err());
    assert!(!promise.cancel());
}

#[derive(Debug, PartialEq)]
struct Boom;

impl fmt::Display for Boom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("boom")
    }
}

impl Error for Boom {}

/// `test_futures.BaseFutureTests.test_exception`
#[test]
fn exception() {
    let test_loop = TestLoop::new();
    let promise = Promise::<u8>::new_on(&test_loop.runtime());
    assert!(matches!(promise.exception(), Err(PromiseError::InvalidState(_))));
    promise.set_exception(Boom).unwrap();
    assert!(!promise.cancelled() && promise.done());
    assert!(matches!(promise.result(), Err(PromiseError::Exception(_))));
    assert_eq!(promise.exception().unwrap().unwrap().downcast_ref(), Some(&Boom));
    assert!(promise.set_result(0).is_err());
    assert!(promise.set_exception("late").is_err());
    assert!(!promise.cancel());
}

/// `test_futures.BaseFutureTests.test_yield_from_twice`
#[test]
fn awaited_twice() {
    let test_loop = TestLoop::new();
    let promise = Promise::new_on(&test_loop.runtime());
    let mut awaited = promise.clone();
    let mut twice = HandPolled::new(async move {
        let first = (&mut awaited).await.unwrap();
        // The second time it does not suspend.
        (first, (&mut awaited).await.unwrap())
    });
    assert!(twice.poll().is_pending());
    promise.set_result(42).unwrap();
    assert!(twice.is_woken());
    assert_eq!(twice.poll(), std::task::Poll::Ready((42, 42)));
}

/// `test_futures.BaseFutureTests.test_copy_state`
///
/// There is no private function to copy with: what one promise has is given to another.
#[test]
fn state_passed_on() {
    fn pass_on(from: &Promise<u8>, to: &Promise<u8>) {
        match from.result() {
            Ok(value) => to.set_result(value).unwrap(),
            Err(PromiseError::Exception(error)) => to.set_exception(error.to_string()).unwrap(),
            Err(_) => assert!(to.cancel()),
        }
    }
    let test_loop = TestLoop::new();
    let new = || Promise::<u8>::new_on(&test_loop.runtime());
    let [value, failed, cancelled] = [(); 3].map(|()| new());
    value.set_result(10).unwrap();
    failed.set_exception(Boom).unwrap();
    cancelled.cancel();
    let copies = [&value, &failed, &cancelled].map(|from| {
        let to = new();
        pass_on(from, &to);
        to
    });
    assert!(copies.iter().all(Promise::done));
    assert_eq!(copies[0].result().unwrap(), 10);
    assert_eq!(copies[1].result().unwrap_err().to_string(), "boom");
    assert!(copies[2].cancelled());
    assert!(test_loop.take_reports().is_empty());
}

/// `test_futures.BaseFutureTests.test_set_result_unless_cancelled`
#[test]
fn set_result_after_cancel() {
    let test_loop = TestLoop::new();
    let promise = Promise::new_on(&test_loop.runtime());
    promise.cancel();
    assert_eq!(promise.set_result(2).unwrap_err().value, 2);
    assert!(promise.cancelled());
}

/// `test_futures.BaseFutureTests.test_future_del_collect`
#[test]
fn dropped_with_a_value_whose_destructor_is_busy() {
    let test_loop = TestLoop::new();
    for _ in 0..100 {
        let runtime = test_loop.runtime();
        let busy = crate::support::OnDrop(move || {
            let inner = Promise::new_on(&runtime);
            inner.add_done_callback(|_| ());
            inner.set_result(()).unwrap();
        });
        let promise = Promise::new_on(&test_loop.runtime());
        assert!(promise.set_result(busy).is_ok());
    }
    test_loop.run_until_stalled();
    assert!(test_loop.take_reports().is_empty());
}
