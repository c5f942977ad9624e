//! A promise alone: its states, what can be asked in which, and who is told of an error that
//! nobody looks at.

use std::error::Error;
use std::fmt;
use std::rc::Rc;

use tulipa_task::{Promise, PromiseError, create_task};
use tulipa_test::{HandPolled, TestLoop, run};
use tulipa_time::yield_now;

use crate::support::{Drops, Log};

fn pending_on<T>(test_loop: &TestLoop) -> Promise<T> {
    Promise::new_on(&test_loop.runtime())
}

/// S-FUT-1
#[test]
fn a_promise_is_set_once_and_the_second_value_comes_back() {
    let test_loop = TestLoop::new();
    let promise = pending_on(&test_loop);
    promise.set_result(String::from("first")).unwrap();

    let error = promise.set_result(String::from("second")).unwrap_err();
    assert_eq!(error.value, "second");
    assert_eq!(error.to_string(), "invalid state: the promise is done already");
    let error = promise.set_exception("an error").unwrap_err();
    assert_eq!(error.value.to_string(), "an error");

    assert!(!promise.cancel() && !promise.cancel_with("too late"));
    assert_eq!(promise.result().unwrap(), "first");
}

/// S-FUT-1
#[test]
fn a_cancelled_promise_takes_no_result_and_no_second_cancel() {
    let test_loop = TestLoop::new();
    let promise = pending_on(&test_loop);
    assert!(promise.cancel_with("the first"));
    assert!(!promise.cancel_with("the second"));
    assert_eq!(promise.set_result(1).unwrap_err().value, 1);
    assert!(promise.set_exception("an error").is_err());
    let PromiseError::Cancelled(error) = promise.result().unwrap_err() else { panic!() };
    assert_eq!(error.message(), Some("the first"));
    assert!(test_loop.take_reports().is_empty());
}

/// S-FUT-2
#[test]
fn asking_a_pending_promise_is_an_error_of_state() {
    let test_loop = TestLoop::new();
    let promise = pending_on::<u8>(&test_loop);
    assert!(!promise.done() && !promise.cancelled());
    for error in [promise.result().map(drop).unwrap_err(), promise.exception().unwrap_err()] {
        assert!(matches!(error, PromiseError::InvalidState(_)), "{error:?}");
        assert_eq!(error.to_string(), "invalid state: the promise has no result yet");
    }
}

/// S-FUT-2
#[test]
fn asking_a_cancelled_promise_tells_the_message() {
    let test_loop = TestLoop::new();
    let promise = pending_on::<u8>(&test_loop);
    promise.cancel_with("no longer needed");
    assert!(promise.done() && promise.cancelled());
    for error in [promise.result().map(drop).unwrap_err(), promise.exception().unwrap_err()] {
        assert!(error.is_cancelled());
        assert_eq!(error.to_string(), "the promise was cancelled: no longer needed");
    }
}

/// S-FUT-7: the first half; a task that awaits itself is in `task`.
#[test]
fn awaiting_a_done_promise_does_not_suspend() {
    let test_loop = TestLoop::new();
    let [value, error, cancelled] = [(); 3].map(|()| pending_on::<u8>(&test_loop));
    value.set_result(1).unwrap();
    error.set_exception("wrong").unwrap();
    cancelled.cancel();
    let mut all = HandPolled::new(async move {
        (value.await.unwrap(), error.await.unwrap_err(), cancelled.await.unwrap_err())
    });
    let std::task::Poll::Ready((value, error, cancelled)) = all.poll() else { panic!() };
    assert_eq!((value, &*error.to_string()), (1, "wrong"));
    assert!(cancelled.is_cancelled());
}

#[test]
fn a_promise_can_be_awaited_again_and_by_many_handles() {
    run(async {
        let promise = Promise::new();
        promise.set_result(7).unwrap();
        let mut handle = promise.clone();
        assert_eq!((&mut handle).await.unwrap(), 7);
        assert_eq!(handle.await.unwrap(), 7);
        assert_eq!(promise.await.unwrap(), 7);
    });
}

/// S-FUT-8
#[test]
fn an_exception_that_nobody_read_is_reported_once() {
    let test_loop = TestLoop::new();
    let promise = pending_on::<()>(&test_loop);
    let other = promise.clone();
    promise.set_exception("the disk is full").unwrap();
    drop(promise);
    assert!(test_loop.take_reports().is_empty(), "a handle is left");
    drop(other);
    let reports = test_loop.take_reports();
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].message(), "Promise exception was never retrieved");
    assert_eq!(reports[0].exception_text(), Some("the disk is full"));
}

/// S-FUT-8
#[test]
fn an_exception_is_read_by_every_way_of_looking_at_it() {
    fn unread(look: impl FnOnce(Promise<u8>)) -> usize {
        let test_loop = TestLoop::new();
        let promise = pending_on::<u8>(&test_loop);
        promise.set_exception("looked at").unwrap();
        look(promise);
        test_loop.take_reports().len()
    }
    assert_eq!(unread(|promise| drop(promise.result())), 0);
    assert_eq!(unread(|promise| drop(promise.exception())), 0);
    assert_eq!(unread(|promise| drop(promise.with_result(|_| ()))), 0);
    assert_eq!(unread(|promise| assert!(!promise.cancel())), 0, "as asyncio's cancel() does");
    assert_eq!(unread(|promise| drop(HandPolled::new(promise).poll())), 0);

    assert_eq!(unread(|promise| assert!(promise.done() && !promise.cancelled())), 1);
    assert_eq!(unread(|promise| drop(format!("{promise:?}"))), 1);
    assert_eq!(unread(|promise| assert!(promise.set_result(1).is_err())), 1);
}

#[test]
fn without_a_handle_pending_and_cancelled_promises_go_silently() {
    let test_loop = TestLoop::new();
    drop(pending_on::<u8>(&test_loop));
    pending_on::<u8>(&test_loop).cancel();
    assert!(pending_on(&test_loop).set_result(1).is_ok());
    assert!(test_loop.take_reports().is_empty());
}

/// S-FUT-9: here a promise may be awaited on any loop, since wakers reach every loop.
#[test]
fn a_promise_of_one_loop_is_awaited_on_another() {
    let (home, abroad) = (TestLoop::new(), TestLoop::new());
    let promise = pending_on(&home);
    let awaiter = abroad.create_task(promise.clone());
    abroad.run_until_stalled();
    home.run_until_complete(async move { promise.set_result("across").unwrap() }).unwrap();
    abroad.run_until_stalled();
    assert_eq!(*awaiter.result().unwrap().as_ref().unwrap(), "across");
}

#[test]
fn a_value_that_is_not_clone_is_looked_at_in_place() {
    struct NotClone(u8);
    let test_loop = TestLoop::new();
    let promise = pending_on(&test_loop);
    assert!(promise.with_result(|NotClone(value)| *value).is_err());
    promise.set_result(NotClone(3)).ok().unwrap();
    assert_eq!(promise.with_result(|NotClone(value)| *value).unwrap(), 3);
    assert!(promise.exception().unwrap().is_none());
    let nested = promise.with_result(|_| promise.set_result(NotClone(4)).is_err());
    assert!(nested.unwrap(), "the closure may use the promise");
}

#[test]
fn the_exception_keeps_its_type() {
    #[derive(Debug, PartialEq)]
    struct Code(u16);
    impl fmt::Display for Code {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "code {}", self.0)
        }
    }
    impl Error for Code {}

    let test_loop = TestLoop::new();
    let promise = pending_on::<()>(&test_loop);
    promise.set_exception(Code(404)).unwrap();
    let error: Rc<dyn Error> = promise.exception().unwrap().unwrap();
    assert_eq!(error.downcast_ref(), Some(&Code(404)));
    let PromiseError::Exception(error) = promise.result().unwrap_err() else { panic!() };
    assert_eq!(error.downcast_ref(), Some(&Code(404)));
}

#[test]
fn debug_tells_the_state() {
    let test_loop = TestLoop::new();
    let promises = [(); 4].map(|()| pending_on::<u8>(&test_loop));
    promises[1].set_result(1).unwrap();
    promises[2].set_exception("x").unwrap();
    promises[3].cancel();
    assert_eq!(
        promises.map(|promise| format!("{promise:?}")).join(" "),
        "<Promise pending> <Promise finished> <Promise failed> <Promise cancelled>",
    );
}

#[test]
fn a_promise_outlives_its_loop() {
    let log = Log::default();
    let test_loop = TestLoop::new();
    let promise = pending_on(&test_loop);
    let early = log.clone();
    promise.add_done_callback(move |_| early.add("ran"));
    drop(test_loop);

    promise.set_result(1).unwrap();
    promise.add_done_callback({
        let log = log.clone();
        move |_| log.add("ran")
    });
    assert_eq!(promise.result().unwrap(), 1);
    assert_eq!(log.take(), "", "callbacks run from the loop, and there is none");
}

#[test]
fn a_promise_dropped_with_its_callbacks_drops_them_unrun() {
    let test_loop = TestLoop::new();
    let drops = Drops::default();
    let promise = pending_on::<u8>(&test_loop);
    let held = drops.value();
    promise.add_done_callback(move |_| {
        drop(held);
        panic!("nobody ever set it");
    });
    drop(promise);
    assert_eq!(drops.dropped(), 1);
    test_loop.run_until_stalled();
    assert!(test_loop.take_reports().is_empty());
}

#[test]
fn dropping_an_awaiter_takes_it_out_of_the_waiting() {
    let test_loop = TestLoop::new();
    let promise = pending_on::<u8>(&test_loop);
    let mut gone = HandPolled::new(promise.clone());
    let mut stays = HandPolled::new(promise.clone());
    assert!(gone.poll().is_pending() && stays.poll().is_pending());
    let waker = tulipa_test::CountingWaker::new();
    let mut counted = promise.clone();
    let mut cx = std::task::Context::from_waker(waker.waker());
    assert!(std::future::Future::poll(std::pin::Pin::new(&mut counted), &mut cx).is_pending());
    assert_eq!(waker.clones(), 1);
    drop(counted);
    assert_eq!((waker.clones(), waker.wakes()), (0, 0), "its waker is let go, unwoken");

    drop(gone);
    promise.set_result(1).unwrap();
    assert!(stays.is_woken());
}

#[test]
fn an_awaiter_polled_again_is_woken_through_its_last_waker() {
    let test_loop = TestLoop::new();
    let promise = pending_on::<u8>(&test_loop);
    let mut awaiter = promise.clone();
    let wakers = [(); 2].map(|()| tulipa_test::CountingWaker::new());
    for waker in &wakers {
        let mut cx = std::task::Context::from_waker(waker.waker());
        assert!(std::future::Future::poll(std::pin::Pin::new(&mut awaiter), &mut cx).is_pending());
    }
    promise.set_result(1).unwrap();
    assert_eq!(wakers.map(|waker| (waker.wakes(), waker.clones())), [(0, 0), (1, 0)]);
}

#[test]
fn new_outside_a_loop_names_the_missing_loop_and_the_caller() {
    let panic = std::panic::catch_unwind(|| Promise::<u8>::new()).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(text.contains("no event loop is running") && text.contains(file!()), "{text}");
}

#[test]
fn the_setter_goes_on_before_the_awaiter_runs() {
    run(async {
        let log = Log::default();
        let promise = Promise::new();
        let awaiter = create_task({
            let (promise, log) = (promise.clone(), log.clone());
            async move {
                promise.await.unwrap();
                log.add("awaiter");
            }
        });
        yield_now().await;
        promise.set_result(()).unwrap();
        log.add("setter");
        awaiter.await.unwrap();
        assert_eq!(log.take(), "setter awaiter");
    });
}
