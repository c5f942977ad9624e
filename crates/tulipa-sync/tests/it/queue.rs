//! asyncio statements S-QUEUE-1 to 4, 6 and 7 (5 is in `orders.rs`), and cancellation.

use super::kind::Queue;
use crate::support::{Bells, now};
use tulipa_sync::{TryGetError, TryPutError};

/// S-QUEUE-1: puts and gets that need not wait do not yield.
#[test]
fn what_need_not_wait_does_not_suspend() {
    let queue = Queue::new();
    for i in 0..100 {
        assert_eq!(now(queue.put(i)), Ok(()));
    }
    assert_eq!(queue.qsize(), 100);
    for i in 0..100 {
        assert_eq!(now(queue.get()), Ok(i));
    }
    assert!(queue.empty());
}

#[test]
fn a_bound_is_kept() {
    let (queue, bells) = (Queue::with_maxsize(2), Bells::new());
    assert_eq!((queue.maxsize(), queue.full()), (2, false));
    now(queue.put('1')).unwrap();
    now(queue.put('2')).unwrap();
    assert!(queue.full());
    let mut a = bells.waiting('a', queue.put('3'));
    assert_eq!(queue.put_nowait('x'), Err(TryPutError::Full('x')));
    assert_eq!(queue.get_nowait(), Ok('1'));
    assert_eq!(bells.rung(), ['a']);
    assert_eq!(a.ready(), Ok(()));
    assert_eq!((now(queue.get()), now(queue.get())), (Ok('2'), Ok('3')));
    assert_eq!(queue.get_nowait(), Err(TryGetError::Empty));
}

#[test]
fn no_bound_means_never_full() {
    let queue = Queue::with_maxsize(0);
    assert_eq!(queue.maxsize(), 0);
    for i in 0..1000 {
        queue.put_nowait(i).unwrap();
    }
    assert!(!queue.full());
}

/// S-QUEUE-2: waiters are woken in order, one per item.
#[test]
fn getters_are_woken_in_order() {
    let (queue, bells) = (Queue::new(), Bells::new());
    let mut hands: Vec<_> = (0..3).map(|i| bells.waiting(i, queue.get())).collect();
    for i in 0..3 {
        queue.put_nowait(i).unwrap();
        assert_eq!(bells.rung(), [i]);
    }
    for (i, hand) in hands.iter_mut().enumerate() {
        assert_eq!(hand.ready(), Ok(i));
    }
}

/// S-QUEUE-2: no hand-off: another may take the item first, and the waiter goes to the tail.
#[test]
fn a_woken_getter_may_find_the_queue_empty() {
    let (queue, bells) = (Queue::new(), Bells::new());
    let mut a = bells.waiting('a', queue.get());
    let mut b = bells.waiting('b', queue.get());
    queue.put_nowait(1).unwrap();
    assert_eq!(bells.rung(), ['a']);
    assert_eq!(queue.get_nowait(), Ok(1));
    a.waits();
    queue.put_nowait(2).unwrap();
    queue.put_nowait(3).unwrap();
    assert_eq!(bells.rung(), ['b', 'a']);
    assert_eq!((b.ready(), a.ready()), (Ok(2), Ok(3)));
}

/// S-QUEUE-2: the same for putters.
#[test]
fn a_woken_putter_may_find_the_queue_full() {
    let (queue, bells) = (Queue::with_maxsize(1), Bells::new());
    queue.put_nowait(0).unwrap();
    let mut a = bells.waiting('a', queue.put(1));
    let mut b = bells.waiting('b', queue.put(2));
    assert_eq!(queue.get_nowait(), Ok(0));
    queue.put_nowait(9).unwrap();
    assert_eq!(bells.rung(), ['a']);
    a.waits();
    assert_eq!(queue.get_nowait(), Ok(9));
    assert_eq!(bells.rung(), ['b']);
    b.ready().unwrap();
    assert_eq!(queue.get_nowait(), Ok(2));
    assert_eq!(bells.rung(), ['a']);
    a.ready().unwrap();
}

/// S-QUEUE-3: a getter cancelled after it was woken passes the wake on; no item is lost.
#[test]
fn a_woken_getter_that_is_dropped_passes_the_wake_on() {
    let (queue, bells) = (Queue::new(), Bells::new());
    let a = bells.waiting('a', queue.get());
    let mut b = bells.waiting('b', queue.get());
    queue.put_nowait(1).unwrap();
    drop(a);
    assert_eq!(bells.rung(), ['a', 'b']);
    assert_eq!(b.ready(), Ok(1));
}

/// S-QUEUE-3: nothing to pass on if the item is gone, or if it was not woken.
#[test]
fn a_getter_passes_nothing_on_that_it_does_not_have() {
    let (queue, bells) = (Queue::new(), Bells::new());
    let a = bells.waiting('a', queue.get());
    let b = bells.waiting('b', queue.get());
    let _c = bells.waiting('c', queue.get());
    drop(b);
    queue.put_nowait(1).unwrap();
    queue.get_nowait().unwrap();
    drop(a);
    assert_eq!(bells.rung(), ['a']);
}

/// S-QUEUE-3: a putter cancelled after it was woken passes the wake on, its item is dropped.
#[test]
fn a_woken_putter_that_is_dropped_passes_the_wake_on() {
    let (queue, bells) = (Queue::with_maxsize(1), Bells::new());
    queue.put_nowait(0).unwrap();
    let a = bells.waiting('a', queue.put(1));
    let mut b = bells.waiting('b', queue.put(2));
    queue.get_nowait().unwrap();
    drop(a);
    assert_eq!(bells.rung(), ['a', 'b']);
    b.ready().unwrap();
    assert_eq!(queue.get_nowait(), Ok(2));
}

#[test]
fn the_item_of_a_put_can_be_taken_back() {
    let (queue, bells) = (Queue::with_maxsize(1), Bells::new());
    queue.put_nowait(0).unwrap();
    let mut a = bells.waiting('a', queue.put(1));
    let mut b = bells.waiting('b', queue.put(2));
    queue.get_nowait().unwrap();
    assert_eq!(a.as_mut().take_item(), Some(1));
    assert_eq!(bells.rung(), ['a', 'b']);
    b.ready().unwrap();
    assert_eq!(b.as_mut().take_item(), None);
}

#[test]
#[should_panic(expected = "its item was taken")]
fn a_put_polled_after_its_item_was_taken_says_so() {
    let (queue, bells) = (Queue::with_maxsize(1), Bells::new());
    queue.put_nowait(0).unwrap();
    let mut a = bells.waiting('a', queue.put(1));
    a.as_mut().take_item();
    let _ = a.poll();
}

/// S-QUEUE-4: `task_done` more often than put is an error.
#[test]
fn task_done_is_counted() {
    let queue = Queue::new();
    assert!(queue.task_done().is_err());
    queue.put_nowait(()).unwrap();
    assert_eq!(queue.task_done(), Ok(()));
    let error = queue.task_done().unwrap_err();
    assert!(error.to_string().contains("more often"), "{error}");
}

/// S-QUEUE-4: `join` with nothing unfinished returns at once, else when all is done.
#[test]
fn join_waits_for_the_last_task_done() {
    let (queue, bells) = (Queue::new(), Bells::new());
    now(queue.join());
    queue.put_nowait(1).unwrap();
    queue.put_nowait(2).unwrap();
    let mut a = bells.waiting('a', queue.join());
    let mut b = bells.waiting('b', queue.join());
    queue.get_nowait().unwrap();
    queue.get_nowait().unwrap();
    a.waits();
    queue.task_done().unwrap();
    a.waits();
    queue.task_done().unwrap();
    assert_eq!(bells.rung(), ['a', 'b']);
    // A put before they run does not hold them back, as with an event.
    queue.put_nowait(3).unwrap();
    a.ready();
    b.ready();
    bells.waiting('c', queue.join());
}

/// S-QUEUE-6: after shutdown puts fail, those that wait too.
#[test]
fn shutdown_fails_puts() {
    let (queue, bells) = (Queue::with_maxsize(1), Bells::new());
    queue.put_nowait(0).unwrap();
    let mut a = bells.waiting('a', queue.put(1));
    let mut b = bells.waiting('b', queue.put(2));
    queue.shutdown(false);
    assert_eq!(bells.rung(), ['a', 'b']);
    assert_eq!(b.ready().unwrap_err().into_inner(), 2);
    assert_eq!(a.ready().unwrap_err().into_inner(), 1);
    assert_eq!(now(queue.put(3)).unwrap_err().0, 3);
    assert_eq!(queue.put_nowait(4), Err(TryPutError::ShutDown(4)));
    assert_eq!(queue.put_nowait(5).unwrap_err().into_inner(), 5);
}

/// S-QUEUE-6: gets drain what is there, then fail; those that wait fail now.
#[test]
fn shutdown_lets_gets_drain() {
    let (queue, bells) = (Queue::new(), Bells::new());
    let mut a = bells.waiting('a', queue.get());
    let mut b = bells.waiting('b', queue.get());
    queue.put_nowait(1).unwrap();
    queue.put_nowait(2).unwrap();
    queue.shutdown(false);
    assert_eq!(bells.rung(), ['a', 'b']);
    assert_eq!(a.ready(), Ok(1));
    assert_eq!(queue.get_nowait(), Ok(2));
    assert!(b.ready().is_err());
    assert!(now(queue.get()).is_err());
    assert_eq!(queue.get_nowait(), Err(TryGetError::ShutDown));
    queue.shutdown(false);
}

/// S-QUEUE-7: `shutdown(immediate)` drops the items, and `join` waits for those handed out only.
#[test]
fn immediate_shutdown_drops_the_items() {
    let (queue, bells) = (Queue::new(), Bells::new());
    for i in 0..4 {
        queue.put_nowait(i).unwrap();
    }
    queue.get_nowait().unwrap();
    let mut join = bells.waiting('j', queue.join());
    queue.shutdown(true);
    assert_eq!(queue.qsize(), 0);
    assert!(now(queue.get()).is_err());
    join.waits();
    queue.task_done().unwrap();
    assert_eq!(bells.rung(), ['j']);
    join.ready();
    assert!(queue.task_done().is_err());
}

/// S-QUEUE-7: with nothing handed out `join` is over at once.
#[test]
fn immediate_shutdown_ends_join() {
    let (queue, bells) = (Queue::new(), Bells::new());
    queue.put_nowait(1).unwrap();
    let mut join = bells.waiting('j', queue.join());
    queue.shutdown(false);
    join.waits();
    queue.shutdown(true);
    assert_eq!(bells.rung(), ['j']);
    join.ready();
}

/// S-QUEUE-7: those in `join` are woken first, then those whose puts fail.
#[test]
fn immediate_shutdown_wakes_joiners_before_putters() {
    let (queue, bells) = (Queue::with_maxsize(1), Bells::new());
    queue.put_nowait(0).unwrap();
    let mut put = bells.waiting('p', queue.put(1));
    let mut join = bells.waiting('j', queue.join());
    queue.shutdown(true);
    assert_eq!(bells.rung(), ['j', 'p']);
    join.ready();
    assert!(put.ready().is_err());
}

/// Items are dropped when no guard is held: they may use the queue.
#[test]
fn an_item_may_use_its_queue_while_it_is_dropped() {
    struct Item;
    thread_local! {
        static QUEUE: Queue<Item> = const { Queue::new() };
    }
    impl Drop for Item {
        fn drop(&mut self) {
            QUEUE.with(|queue| assert_eq!(queue.qsize(), 0));
        }
    }
    QUEUE.with(|queue| {
        queue.put_nowait(Item).unwrap();
        queue.put_nowait(Item).unwrap();
        queue.shutdown(true);
    });
}

#[test]
fn debug_tells_the_numbers() {
    let queue: Queue<u8> = Queue::default();
    queue.put_nowait(1).unwrap();
    assert_eq!(
        format!("{queue:?}"),
        "Queue { qsize: 1, maxsize: 0, unfinished: 1, getters: 0, putters: 0, .. }"
    );
    assert_eq!(format!("{:?}", TryPutError::Full(())), "Full(..)");
    for text in
        [format!("{:?}", queue.get()), format!("{:?}", queue.put(1)), format!("{:?}", queue.join())]
    {
        assert!(text.contains("qsize: 1"), "{text}");
    }
}
