//! A loop that ends takes its tasks along, and whoever still knows it does no harm.

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use tulipa_task::{Task, create_task};
use tulipa_test::TestLoop;
use tulipa_time::{sleep, yield_now};

/// A task that holds `held` for ever, suspended.
fn holds(test_loop: &TestLoop, held: &Rc<()>) {
    let held = held.clone();
    let task = test_loop.create_task(async move {
        pending::<()>().await;
        drop(held);
    });
    task.detach();
    test_loop.turn();
}

#[test]
fn suspended_new_and_sleeping_tasks_are_dropped() {
    let held = Rc::new(());
    let test_loop = TestLoop::new();
    holds(&test_loop, &held);
    let sleeps = held.clone();
    let task = test_loop.create_task(async move {
        sleep(Duration::from_secs(1)).await;
        drop(sleeps);
    });
    test_loop.turn();
    let new = held.clone();
    test_loop.create_task(async move { drop(new) }).detach();
    assert_eq!(Rc::strong_count(&held), 4);
    drop(test_loop);
    assert_eq!(Rc::strong_count(&held), 1);
    drop(task);
}

#[test]
fn the_last_handle_ends_the_loop() {
    let held = Rc::new(());
    let test_loop = TestLoop::new();
    holds(&test_loop, &held);
    let clone = test_loop.clone();
    drop(test_loop);
    assert_eq!(Rc::strong_count(&held), 2, "there is another handle");
    drop(clone);
    assert_eq!(Rc::strong_count(&held), 1);
}

#[test]
fn a_task_that_keeps_the_runtime_does_not_keep_the_loop() {
    let held = Rc::new(());
    let test_loop = TestLoop::new();
    let inner = held.clone();
    let keeps = async move {
        let _keeps = (tulipa_rt::current(), inner);
        pending::<()>().await;
    };
    test_loop.create_task(keeps).detach();
    test_loop.turn();
    drop(test_loop);
    assert_eq!(Rc::strong_count(&held), 1);
}

#[test]
fn destructors_find_their_loop_and_may_use_it() {
    struct Spawns(Rc<Cell<u32>>);
    impl Drop for Spawns {
        fn drop(&mut self) {
            let runtime = tulipa_rt::current();
            runtime.wake_at(runtime.now(), Waker::noop());
            let count = self.0.clone();
            create_task(async move { drop(count) }).detach();
            self.0.set(self.0.get() + 1);
        }
    }
    let count = Rc::new(Cell::new(0));
    let test_loop = TestLoop::new();
    for _ in 0..3 {
        let spawns = Spawns(count.clone());
        let task = test_loop.create_task(async move {
            let _spawns = spawns;
            sleep(Duration::from_secs(1)).await;
        });
        task.detach();
    }
    test_loop.turn();
    drop(test_loop);
    assert_eq!((count.get(), Rc::strong_count(&count)), (3, 1), "and what they leave is dropped");
}

#[test]
fn a_waker_that_outlives_the_loop_is_harmless() {
    let test_loop = TestLoop::new();
    let kept = Rc::new(RefCell::new(None));
    let keeps = kept.clone();
    let task = test_loop.create_task(poll_fn(move |cx| {
        *keeps.borrow_mut() = Some(cx.waker().clone());
        Poll::<()>::Pending
    }));
    test_loop.turn();
    drop(test_loop);
    let waker = kept.take().unwrap();
    waker.wake_by_ref();
    drop(task);
    waker.wake();
}

#[test]
fn a_handle_dropped_inside_another_tasks_poll_detaches() {
    let test_loop = TestLoop::new();
    let ended = Rc::new(Cell::new(false));
    let inner = ended.clone();
    let other = test_loop.create_task(async move {
        yield_now().await;
        inner.set(true);
    });
    let mut other: Option<Task<()>> = Some(other);
    let drops = async move {
        drop(other.take());
        yield_now().await;
        yield_now().await;
    };
    test_loop.run_until_complete(drops).unwrap();
    assert!(ended.get(), "the loop owns it");
    assert_eq!(test_loop.pending_tasks(), 0);
}

#[test]
fn a_loop_inside_a_task_of_another_loop() {
    let outer = TestLoop::new();
    let start = outer.now();
    let nested = async {
        let outside = tulipa_rt::current().id();
        let inner = TestLoop::new();
        let value = inner.run_until_complete(async move {
            assert_ne!(tulipa_rt::current().id(), outside, "the innermost loop is current");
            sleep(Duration::from_secs(60)).await;
            create_task(async { 1 }).await.unwrap()
        });
        assert_eq!(tulipa_rt::current().id(), outside, "and the outer one again");
        let held = Rc::new(());
        holds(&inner, &held);
        drop(inner);
        assert_eq!(Rc::strong_count(&held), 1);
        assert_eq!(tulipa_rt::current().id(), outside);
        sleep(Duration::from_secs(1)).await;
        value
    };
    assert_eq!(outer.run_until_complete(nested), Ok(Ok(1)));
    assert_eq!(outer.now() - start, Duration::from_secs(1), "each has its own clock");
}

#[test]
fn a_task_of_one_loop_wakes_a_task_of_another() {
    let [one, two] = [TestLoop::new(), TestLoop::new()];
    let promise = tulipa_task::Promise::new_on(&two.runtime());
    let waits = promise.clone();
    let task = two.create_task(async move { waits.await.unwrap() });
    two.turn();
    one.run_until_complete(async move { promise.set_result(7).unwrap() }).unwrap();
    assert_eq!(two.run_until_complete(task).unwrap().unwrap(), 7);
}
