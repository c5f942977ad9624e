//! The primitives on two runtimes that know nothing of them, with real threads.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use tulipa_sync::{Barrier, BoundedSemaphore, CapacityLimiter, channel};
use tulipa_sync::{Condition, Event, Lock, Queue};

const WORKERS: usize = 4;
const ROUNDS: usize = 500;

type Task = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

/// The locks and the queue at once: what `spawn` runs in parallel adds up.
async fn mill<H: Future<Output = ()>>(spawn: impl Fn(Task) -> H) {
    let total = Arc::new(Lock::with(0));
    let start = Arc::new(Event::new());
    let turn = Arc::new(Condition::with(0));
    let queue = Arc::new(Queue::with_maxsize(3));
    let mut handles = Vec::new();
    for worker in 0..WORKERS {
        let (total, start) = (Arc::clone(&total), Arc::clone(&start));
        let (turn, queue) = (Arc::clone(&turn), Arc::clone(&queue));
        handles.push(spawn(Box::pin(async move {
            start.wait().await;
            while let Ok(n) = queue.get().await {
                *total.acquire().await += n;
                *total.acquire_owned().await += n;
                queue.task_done().unwrap();
            }
            let mut turn = turn.acquire().await.wait_for(|turn| *turn == worker).await;
            *turn += 1;
            turn.notify_all();
        })));
    }
    start.set();
    for n in 0..ROUNDS {
        queue.put(n).await.unwrap();
    }
    queue.join().await;
    queue.shutdown(false);
    for handle in handles {
        handle.await;
    }
    assert_eq!(*total.acquire().await, ROUNDS * (ROUNDS - 1));
    assert_eq!(*turn.acquire().await, WORKERS);
}

/// The others: workers meet at a barrier each round, at most two at work, and report.
async fn relay<H: Future<Output = ()>>(spawn: impl Fn(Task) -> H) {
    let barrier = Arc::new(Barrier::new(WORKERS));
    let semaphore = Arc::new(BoundedSemaphore::new(2));
    let limiter = Arc::new(CapacityLimiter::new(1));
    let (working, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (sender, receiver) = channel(0);
    let mut handles = Vec::new();
    for worker in 0..WORKERS {
        let (barrier, semaphore) = (Arc::clone(&barrier), Arc::clone(&semaphore));
        let (limiter, sender) = (Arc::clone(&limiter), sender.clone());
        let (working, most) = (Arc::clone(&working), Arc::clone(&most));
        handles.push(spawn(Box::pin(async move {
            for round in 0..ROUNDS / 10 {
                let index = barrier.wait().await.unwrap();
                let permit = semaphore.acquire().await;
                most.fetch_max(working.fetch_add(1, SeqCst) + 1, SeqCst);
                let token = limiter.acquire(worker).await.unwrap();
                sender.send((round, index)).await.unwrap();
                drop(token);
                working.fetch_sub(1, SeqCst);
                drop(permit);
            }
        })));
    }
    drop(sender);
    let mut reports = Vec::new();
    while let Ok(report) = receiver.recv().await {
        reports.push(report);
    }
    for handle in handles {
        handle.await;
    }
    reports.sort_unstable();
    let expected = (0..ROUNDS / 10).flat_map(|round| (0..WORKERS).map(move |i| (round, i)));
    assert!(reports.into_iter().eq(expected));
    assert!(most.load(SeqCst) <= 2);
    assert_eq!((semaphore.value(), limiter.borrowed_tokens()), (2, 0));
}

#[test]
fn tokio_on_threads() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(3).build().unwrap();
    let spawn = |task| {
        let handle = tokio::spawn(task);
        async { handle.await.unwrap() }
    };
    runtime.block_on(mill(spawn));
    runtime.block_on(relay(spawn));
}

#[test]
fn tokio_on_one_thread() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let spawn = |task| {
        let handle = tokio::spawn(task);
        async { handle.await.unwrap() }
    };
    runtime.block_on(mill(spawn));
    runtime.block_on(relay(spawn));
}

#[test]
fn smol_on_threads() {
    let executor = Arc::new(smol::Executor::new());
    let (stop, stopped) = smol::channel::unbounded::<()>();
    let threads: Vec<_> = (0..3)
        .map(|_| {
            let (executor, stopped) = (Arc::clone(&executor), stopped.clone());
            std::thread::spawn(move || smol::block_on(executor.run(stopped.recv())))
        })
        .collect();
    smol::block_on(mill(|task| executor.spawn(task)));
    smol::block_on(relay(|task| executor.spawn(task)));
    drop(stop);
    for thread in threads {
        let _closed = thread.join().unwrap();
    }
}

#[test]
fn local_primitives_on_a_local_executor() {
    use tulipa_sync::local;
    let (lock, queue) = (local::Lock::with(0), local::Queue::with_maxsize(1));
    let executor = smol::LocalExecutor::new();
    smol::block_on(executor.run(async {
        let getter = executor.spawn(async {
            while let Ok(n) = queue.get().await {
                *lock.acquire().await += n;
            }
        });
        for n in 0..10 {
            queue.put(n).await.unwrap();
        }
        queue.shutdown(false);
        getter.await;
    }));
    drop(executor);
    assert_eq!(lock.into_inner(), 45);
}
