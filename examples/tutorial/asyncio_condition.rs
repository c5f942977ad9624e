//! A condition wakes as many of those who wait as it is told to, the oldest first.

use std::error::Error;
use std::rc::Rc;
use std::time::Duration;

use tulipa::sync::local::Condition;
use tulipa::{EventLoop, create_task, sleep, wait};

async fn consumer(condition: Rc<Condition>, n: u32) {
    {
        let guard = condition.acquire().await;
        println!("consumer {n} is waiting");
        let _guard = guard.wait().await;
        println!("consumer {n} triggered");
    }
    println!("ending consumer {n}");
}

async fn manipulate_condition(condition: Rc<Condition>) {
    println!("starting manipulate condition");
    sleep(Duration::from_millis(100)).await;

    for i in 1..3 {
        {
            let guard = condition.acquire().await;
            println!("notifying {i} consumers");
            guard.notify(i);
        }
        sleep(Duration::from_millis(100)).await;
    }

    {
        let guard = condition.acquire().await;
        println!("notifying remaining consumers");
        guard.notify_all();
    }

    println!("ending manipulate condition");
}

async fn async_main(event_loop: EventLoop) {
    let condition = Rc::new(Condition::new());

    event_loop.create_task(manipulate_condition(condition.clone())).detach();
    wait((0..5).map(|n| create_task(consumer(condition.clone(), n)))).await;
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    event_loop.run_until_complete(async_main(event_loop.clone()))?;
    event_loop.close();
    Ok(())
}
