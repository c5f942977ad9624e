//! Queues, from `test_queues`: `join` and `shutdown`, on each of the three queues, as there.

use std::cell::Cell;

use super::super::kind::Guard;
use crate::on::{Task, leak, spawn, turn};
use crate::support::shown;
use tulipa_sync::generic::{Buffer, Queue};
use tulipa_sync::{GetError, PutError, TryGetError, TryPutError};

/// Makes the tests of one kind of queue.
macro_rules! tests_of {
    ($module:ident, $buffer:ident) => {
        mod $module {
            use crate::on::on_each_executor;
            use tulipa_sync::generic::$buffer;

            on_each_executor![
                task_done,
                join_empty_queue,
                shutdown_empty,
                shutdown_nonempty,
                shutdown_immediate,
                shutdown_immediate_with_unfinished,
            ];

            #[test]
            fn task_done_underflow() {
                super::task_done_underflow::<$buffer<u32>>();
            }

            #[test]
            fn join_format() {
                super::join_format::<$buffer<u32>>();
            }

            async fn task_done() {
                super::task_done::<$buffer<u32>>().await;
            }

            async fn join_empty_queue() {
                super::join_empty_queue::<$buffer<u32>>().await;
            }

            async fn shutdown_empty() {
                super::shutdown_empty::<$buffer<&str>>().await;
            }

            async fn shutdown_nonempty() {
                super::shutdown_nonempty::<$buffer<&str>>().await;
            }

            async fn shutdown_immediate() {
                super::shutdown_immediate::<$buffer<&str>>().await;
            }

            async fn shutdown_immediate_with_unfinished() {
                super::shutdown_immediate_with_unfinished::<$buffer<&str>>().await;
            }
        }
    };
}

tests_of!(fifo, Fifo);
tests_of!(lifo, Lifo);
tests_of!(priority, Priority);

/// `test_queues.QueueJoinTests.test_task_done_underflow`, of `LifoQueueJoinTests` and
/// `PriorityQueueJoinTests` too
fn task_done_underflow<B: Buffer>() {
    assert!(Queue::<B, Guard>::new().task_done().is_err());
}

/// `test_queues.QueueJoinTests.test_task_done`, of `LifoQueueJoinTests` and
/// `PriorityQueueJoinTests` too
///
/// S-QUEUE-4: `join` is over when the last item is reported done.
async fn task_done<B: Buffer<Item = u32> + 'static>() {
    let queue = leak(Queue::<B, Guard>::new());
    for n in 0..100 {
        queue.put_nowait(n).unwrap();
    }
    let (sum, running) = (leak(Cell::new(0)), leak(Cell::new(true)));
    let workers = [(); 2].map(|()| {
        spawn(async {
            while running.get() {
                sum.set(sum.get() + queue.get().await.unwrap());
                queue.task_done().unwrap();
            }
        })
    });
    queue.join().await;
    assert_eq!(sum.get(), (0..100).sum());

    running.set(false);
    for _ in &workers {
        queue.put_nowait(0).unwrap();
    }
    for worker in workers {
        assert_eq!(worker.join().await, Ok(()));
    }
}

/// `test_queues.QueueJoinTests.test_join_empty_queue`, of `LifoQueueJoinTests` and
/// `PriorityQueueJoinTests` too
///
/// S-QUEUE-4: `join` with nothing unfinished returns at once.
async fn join_empty_queue<B: Buffer>() {
    let queue = Queue::<B, Guard>::new();
    queue.join().await;
    queue.join().await;
}

/// `test_queues.QueueJoinTests.test_format`, of `LifoQueueJoinTests` and `PriorityQueueJoinTests`
/// too
fn join_format<B: Buffer<Item = u32>>() {
    let queue = Queue::<B, Guard>::new();
    assert_eq!((shown("maxsize", &queue), shown("unfinished", &queue)), (0, 0));
    for n in 0..2 {
        queue.put_nowait(n).unwrap();
        queue.get_nowait().unwrap();
    }
    assert_eq!((shown("maxsize", &queue), shown("unfinished", &queue)), (0, 2));
}

/// Everything fails at once, as it does after a shutdown once the queue is empty.
async fn assert_is_shut_down<B: Buffer<Item = &'static str>>(queue: &Queue<B, Guard>) {
    assert_eq!(queue.put("data").await, Err(PutError("data")));
    assert_eq!(queue.put_nowait("data"), Err(TryPutError::ShutDown("data")));
    assert!(queue.get().await.is_err());
    assert_eq!(queue.get_nowait(), Err(TryGetError::ShutDown));
}

fn getter<B>(queue: &'static Queue<B, Guard>) -> Task<Result<&'static str, GetError>>
where
    B: Buffer<Item = &'static str>,
{
    spawn(queue.get())
}

/// `test_queues.QueueShutdownTests.test_shutdown_empty`, of `LifoQueueShutdownTests` and
/// `PriorityQueueShutdownTests` too
///
/// S-QUEUE-6: a getter that waits fails now.
async fn shutdown_empty<B: Buffer<Item = &'static str> + 'static>() {
    let queue = leak(Queue::<B, Guard>::new());
    let getter = getter(queue);
    turn().await;
    queue.shutdown(false);
    assert_eq!(queue.qsize(), 0);
    queue.join().await;
    turn().await;
    assert!(getter.done());
    assert!(getter.result().is_err());
    assert_is_shut_down(queue).await;
}

/// `test_queues.QueueShutdownTests.test_shutdown_nonempty`, of `LifoQueueShutdownTests` and
/// `PriorityQueueShutdownTests` too
///
/// S-QUEUE-6: a putter that waits fails now; what is there can be got, and `join` waits for it.
async fn shutdown_nonempty<B: Buffer<Item = &'static str> + 'static>() {
    let queue = leak(Queue::<B, Guard>::with_maxsize(1));
    queue.put_nowait("data").unwrap();
    let (join, put) = (spawn(queue.join()), spawn(queue.put("data2")));
    turn().await;
    assert!(!put.done());

    queue.shutdown(false);
    assert_eq!(queue.qsize(), 1);
    turn().await;
    assert!(put.done());
    assert_eq!(put.result(), Err(PutError("data2")));
    assert_eq!(queue.get().await, Ok("data"));
    turn().await;
    assert!(!join.done());
    assert_is_shut_down(queue).await;

    queue.task_done().unwrap();
    turn().await;
    assert!(join.done());
    assert!(queue.task_done().is_err());
}

/// `test_queues.QueueShutdownTests.test_shutdown_immediate`, of `LifoQueueShutdownTests` and
/// `PriorityQueueShutdownTests` too
///
/// S-QUEUE-7: the items are dropped, and nothing is left to join.
async fn shutdown_immediate<B: Buffer<Item = &'static str> + 'static>() {
    let queue = leak(Queue::<B, Guard>::new());
    queue.put_nowait("data").unwrap();
    let join = spawn(queue.join());
    queue.shutdown(true);
    assert_eq!(queue.qsize(), 0);
    turn().await;
    assert!(join.done());
    assert_is_shut_down(queue).await;
    assert!(queue.task_done().is_err());
}

/// `test_queues.QueueShutdownTests.test_shutdown_immediate_with_unfinished`, of
/// `LifoQueueShutdownTests` and `PriorityQueueShutdownTests` too
///
/// S-QUEUE-7: `join` still waits for the item that was handed out.
async fn shutdown_immediate_with_unfinished<B: Buffer<Item = &'static str> + 'static>() {
    let queue = leak(Queue::<B, Guard>::new());
    queue.put_nowait("data").unwrap();
    queue.put_nowait("data").unwrap();
    let join = spawn(queue.join());
    assert_eq!(queue.get().await, Ok("data"));

    queue.shutdown(true);
    assert_eq!(queue.qsize(), 0);
    turn().await;
    assert!(!join.done());
    assert_is_shut_down(queue).await;

    queue.task_done().unwrap();
    assert!(queue.task_done().is_err());
    turn().await;
    assert!(join.done());
}
