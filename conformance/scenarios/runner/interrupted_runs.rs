//! S-RUN-4, S-RUN-8: a runner whose run was interrupted has others; what it left goes on in them.

use std::future::pending;

use signal_hook::consts::SIGINT;
use signal_hook::low_level::raise;
use tulipa::{RunError, Runner, all_tasks, create_task, current_task, yield_now};

async fn idle() {
    pending::<()>().await;
}

async fn first() {
    create_task(idle()).with_name("idle").detach();
    yield_now().await;
    raise(SIGINT).unwrap();
    pending::<()>().await;
}

async fn second() {
    let own = current_task().unwrap();
    let others = all_tasks().into_iter().filter(|task| *task != own);
    let names: Vec<_> = others.map(|task| task.name()).collect();
    println!("the second run finds {}", names.join(" "));
    raise(SIGINT).unwrap();
    pending::<()>().await;
}

fn run(runner: &Runner, main_task: impl Future<Output = ()> + 'static) {
    if let Err(RunError::Interrupted) = runner.run(main_task) {
        println!("interrupted");
    }
}

pub(crate) fn main() {
    let runner = Runner::new().unwrap();
    run(&runner, first());
    run(&runner, second());
    runner.close();
    println!("closed");
}
