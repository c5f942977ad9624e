//! The primitives on two runtimes that know nothing of them, with real threads.

use std::future::Future;
use std::sync::Arc;

use tulipa_sync::{Condition, Event, Lock, Queue};

const WORKERS: usize = 4;
const ROUNDS: usize = 500;

/// Everything at once: what `spawn` runs in parallel adds up.
async fn mill<S, H>(spawn: S)
where
    S: Fn(std::pin::Pin<Box<dyn Future<Output = ()> + Send>>) -> H,
    H: Future<Output = ()>,
{
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

#[test]
fn tokio_on_threads() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(3).build().unwrap();
    runtime.block_on(mill(|task| {
        let handle = tokio::spawn(task);
        async { handle.await.unwrap() }
    }));
}

#[test]
fn tokio_on_one_thread() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(mill(|task| {
        let handle = tokio::spawn(task);
        async { handle.await.unwrap() }
    }));
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
