//! Giving up one iteration, no more and no less.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use futures_core::FusedFuture;
use tulipa_test::{HandPolled, TestLoop};
use tulipa_time::{sleep, yield_now};

type Log = Rc<RefCell<Vec<usize>>>;

type Way = fn() -> Pin<Box<dyn Future<Output = ()>>>;

/// Three ways to say the same.
fn ways() -> [Way; 3] {
    [
        || Box::pin(yield_now()),
        || Box::pin(sleep(Duration::ZERO)),
        || Box::pin(tulipa_time::sleep_until(tulipa_rt::current().now())),
    ]
}

/// asyncio statement S-TASK-3.
#[test]
fn it_gives_up_exactly_one_iteration() {
    for way in ways() {
        let test_loop = TestLoop::new();
        let log = Log::default();
        let inner = log.clone();
        let task = test_loop.create_task(async move {
            for step in 0..3 {
                inner.borrow_mut().push(step);
                way().await;
            }
        });
        for iteration in 0..3 {
            assert!(test_loop.turn());
            assert_eq!(log.borrow().len(), iteration + 1, "one step in each iteration");
            assert!(!task.done());
        }
        test_loop.turn();
        assert!(task.done());
        assert!(!test_loop.turn(), "and nothing is left of it");
        assert_eq!(test_loop.armed_timers(), 0);
    }
}

/// asyncio statement S-TASK-3, the other half.
#[test]
fn tasks_that_loop_on_it_take_turns() {
    for way in ways() {
        let test_loop = TestLoop::new();
        let log = Log::default();
        for task in 0..5 {
            let log = log.clone();
            let steps = async move {
                for _ in 0..4 {
                    log.borrow_mut().push(task);
                    way().await;
                }
            };
            test_loop.create_task(steps).detach();
        }
        test_loop.run_until_stalled();
        assert_eq!(log.take(), [0, 1, 2, 3, 4].repeat(4));
    }
}

#[test]
fn the_ways_mix() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    for (task, way) in ways().into_iter().enumerate() {
        let log = log.clone();
        let steps = async move {
            for _ in 0..3 {
                log.borrow_mut().push(task);
                way().await;
            }
        };
        test_loop.create_task(steps).detach();
    }
    test_loop.run_until_stalled();
    assert_eq!(log.take(), [0, 1, 2].repeat(3));
}

#[test]
fn it_always_suspends_once_on_any_executor() {
    let mut future = HandPolled::new(yield_now());
    assert!(!future.future().is_terminated());
    assert_eq!(future.poll(), Poll::Pending);
    assert_eq!(future.wakes(), 1, "it wakes itself");
    assert_eq!(future.poll(), Poll::Ready(()));
    assert!(future.future().is_terminated());
}
