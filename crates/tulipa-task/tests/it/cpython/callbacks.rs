//! `test_futures.BaseFutureDoneCallbackTests`.

use tulipa_task::{CallbackId, Promise};
use tulipa_test::TestLoop;

use crate::support::Log;

struct Bag {
    test_loop: TestLoop,
    promise: Promise<&'static str>,
    log: Log,
}

impl Bag {
    fn new() -> Self {
        let test_loop = TestLoop::new();
        let promise = Promise::new_on(&test_loop.runtime());
        Self { test_loop, promise, log: Log::default() }
    }

    fn add(&self, thing: u32) -> CallbackId {
        let log = self.log.clone();
        self.promise.add_done_callback(move |_| log.add(thing))
    }

    /// Sets the result and gives what the callbacks put in.
    fn after_set_result(self) -> String {
        assert_eq!(self.log.take(), "");
        self.promise.set_result("foo").unwrap();
        self.test_loop.turn();
        assert_eq!(self.promise.result().unwrap(), "foo");
        self.log.take()
    }
}

/// `test_futures.BaseFutureDoneCallbackTests.test_callbacks_remove_first_callback`
#[test]
fn remove_first_callback() {
    let bag = Bag::new();
    let [first, _, _] = [42, 17, 100].map(|thing| bag.add(thing));
    assert!(bag.promise.remove_done_callback(first));
    assert!(!bag.promise.remove_done_callback(first));
    assert_eq!(bag.after_set_result(), "17 100");
}

/// `test_futures.BaseFutureDoneCallbackTests.test_callbacks_remove_first_and_second_callback`
#[test]
fn remove_first_and_second_callback() {
    let bag = Bag::new();
    let [first, second, _] = [42, 17, 100].map(|thing| bag.add(thing));
    assert!(bag.promise.remove_done_callback(first));
    assert!(bag.promise.remove_done_callback(second));
    assert!(!bag.promise.remove_done_callback(first));
    assert_eq!(bag.after_set_result(), "100");
}

/// `test_futures.BaseFutureDoneCallbackTests.test_callbacks_remove_third_callback`
#[test]
fn remove_third_callback() {
    let bag = Bag::new();
    let [_, _, third] = [42, 17, 100].map(|thing| bag.add(thing));
    assert!(bag.promise.remove_done_callback(third));
    assert!(!bag.promise.remove_done_callback(third));
    assert_eq!(bag.after_set_result(), "42 17");
}

/// `test_futures.BaseFutureDoneCallbackTests.test_callbacks_invoked_on_set_result`
#[test]
fn invoked_on_set_result() {
    let bag = Bag::new();
    bag.add(42);
    bag.add(17);
    assert_eq!(bag.after_set_result(), "42 17");
}

/// `test_futures.BaseFutureDoneCallbackTests.test_callbacks_invoked_on_set_exception`
#[test]
fn invoked_on_set_exception() {
    let bag = Bag::new();
    bag.add(100);
    assert_eq!(bag.log.take(), "");
    bag.promise.set_exception("the error").unwrap();
    bag.test_loop.turn();
    assert_eq!(bag.log.take(), "100");
    assert_eq!(bag.promise.exception().unwrap().unwrap().to_string(), "the error");
}

/// `test_futures.BaseFutureDoneCallbackTests.test_remove_done_callback`
///
/// A callback is taken back by what adding it gave, one at a time, so "all that are equal" is the
/// caller's list.
#[test]
fn remove_done_callback() {
    let bag = Bag::new();
    let mut ones = vec![bag.add(1)];
    let two = bag.add(2);
    assert!(bag.promise.remove_done_callback(two));
    bag.add(2);
    ones.extend([(); 5].map(|()| bag.add(1)));
    let removed = ones.iter().filter(|one| bag.promise.remove_done_callback(**one)).count();
    assert_eq!(removed, 6);
    assert_eq!(bag.after_set_result(), "2");
}

/// `test_futures.BaseFutureDoneCallbackTests.test_remove_done_callbacks_list_mutation`,
/// `test_remove_done_callbacks_list_clear`
///
/// Nothing of the user's runs as a callback is looked for; but its destructor runs as it goes, and
/// may take back the others.
#[test]
fn removing_a_callback_whose_destructor_removes_the_others() {
    let bag = Bag::new();
    let others: Vec<_> = (0..63).map(|thing| bag.add(thing)).collect();
    let (promise, log) = (bag.promise.clone(), bag.log.clone());
    let on_drop = crate::support::OnDrop(move || {
        let gone = others.iter().filter(|other| promise.remove_done_callback(**other)).count();
        log.add(gone);
    });
    let evil = bag.promise.add_done_callback(move |_| drop(on_drop));
    assert!(bag.promise.remove_done_callback(evil));
    assert_eq!(bag.log.take(), "63");
    assert_eq!(bag.after_set_result(), "");
}

/// `test_futures.BaseFutureDoneCallbackTests.test_schedule_callbacks_list_mutation_1`
#[test]
fn a_callback_that_removes_those_after_it() {
    let bag = Bag::new();
    let later = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let to_remove = later.clone();
    bag.promise.add_done_callback(move |promise| {
        for callback in to_remove.take() {
            assert!(!promise.remove_done_callback(callback), "it is scheduled");
        }
    });
    later.borrow_mut().extend([1, 2].map(|thing| bag.add(thing)));
    assert_eq!(bag.after_set_result(), "1 2");
}

/// `test_futures.BaseFutureDoneCallbackTests.test_schedule_callbacks_list_mutation_2`
#[test]
fn removing_a_callback_whose_destructor_adds_others() {
    let bag = Bag::new();
    bag.add(1);
    let (promise, log) = (bag.promise.clone(), bag.log.clone());
    let on_drop = crate::support::OnDrop(move || {
        for thing in 0..100 {
            let log = log.clone();
            promise.add_done_callback(move |_| {
                if thing == 99 {
                    log.add("last-of-100");
                }
            });
        }
    });
    let evil = bag.promise.add_done_callback(move |_| drop(on_drop));
    assert!(bag.promise.remove_done_callback(evil));
    assert_eq!(bag.after_set_result(), "1 last-of-100");
}
