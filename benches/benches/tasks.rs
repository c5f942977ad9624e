//! Spawning, joining, yielding.
#![allow(missing_docs, reason = "a benchmark has no readers of its docs")]

use tulipa_benches::{Contender, compare};

const TASKS: u32 = 1000;

fn main() {
    compare(
        "spawn+join",
        200_000,
        &[
            Contender { name: "tulipa", run: tulipa_spawn_join },
            Contender { name: "tokio", run: tokio_spawn_join },
            Contender { name: "tokio-task", run: tokio_spawn_join_in_a_task },
            Contender { name: "smol", run: smol_spawn_join },
        ],
    );
    compare(
        "yield x1000",
        1_000_000,
        &[
            Contender { name: "tulipa", run: tulipa_yield },
            Contender { name: "tokio", run: tokio_yield },
            Contender { name: "smol", run: smol_yield },
        ],
    );
}

fn tulipa_spawn_join(operations: u32) {
    tulipa::run(async move {
        for n in 0..operations {
            assert_eq!(tulipa::create_task(async move { n }).await.unwrap(), n);
        }
    });
}

fn tokio_spawn_join(operations: u32) {
    tokio_runtime().block_on(tokio_spawn_join_each(operations));
}

/// With the loop in a task: tokio polls the future of `block_on` apart from its tasks, and a join
/// there costs more.
fn tokio_spawn_join_in_a_task(operations: u32) {
    tokio_runtime().block_on(async move {
        tokio::spawn(tokio_spawn_join_each(operations)).await.unwrap();
    });
}

async fn tokio_spawn_join_each(operations: u32) {
    for n in 0..operations {
        assert_eq!(tokio::spawn(async move { n }).await.unwrap(), n);
    }
}

fn smol_spawn_join(operations: u32) {
    let executor = smol::LocalExecutor::new();
    futures_lite::future::block_on(executor.run(async {
        for n in 0..operations {
            assert_eq!(executor.spawn(async move { n }).await, n);
        }
    }));
}

fn tulipa_yield(operations: u32) {
    tulipa::run(async move {
        let yields = operations / TASKS;
        let yielding = |_| async move {
            for _ in 0..yields {
                tulipa::yield_now().await;
            }
        };
        let tasks = (0..TASKS).map(|n| tulipa::create_task(yielding(n))).collect::<Vec<_>>();
        for task in tasks {
            task.await.unwrap();
        }
    });
}

fn tokio_yield(operations: u32) {
    tokio_runtime().block_on(async move {
        let yields = operations / TASKS;
        let yielding = |_| async move {
            for _ in 0..yields {
                tokio::task::yield_now().await;
            }
        };
        let tasks = (0..TASKS).map(|n| tokio::spawn(yielding(n))).collect::<Vec<_>>();
        for task in tasks {
            task.await.unwrap();
        }
    });
}

fn smol_yield(operations: u32) {
    let executor = smol::LocalExecutor::new();
    futures_lite::future::block_on(executor.run(async {
        let yields = operations / TASKS;
        let yielding = |_| async move {
            for _ in 0..yields {
                futures_lite::future::yield_now().await;
            }
        };
        let tasks = (0..TASKS).map(|n| executor.spawn(yielding(n))).collect::<Vec<_>>();
        for task in tasks {
            task.await;
        }
    }));
}

fn tokio_runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime")
}
