//! A bounded queue between a producer and its workers; the producer waits until all work is done.

use std::error::Error;
use std::rc::Rc;
use std::time::Duration;

use tulipa::sync::local::Queue;
use tulipa::{EventLoop, sleep, wait};

/// `None` tells a consumer to stop.
type Tasks = Queue<Option<u32>>;

async fn consumer(n: u32, queue: Rc<Tasks>) -> Result<(), Box<dyn Error>> {
    loop {
        println!("consumer {n}: waiting for item");
        let Some(item) = queue.get().await? else {
            println!("consumer {n}: has item None");
            queue.task_done()?;
            break;
        };
        println!("consumer {n}: has item {item}");
        sleep(Duration::from_millis(10) * item).await;
        queue.task_done()?;
    }
    println!("consumer {n}: ending");
    Ok(())
}

async fn producer(queue: Rc<Tasks>, workers: u32) -> Result<(), Box<dyn Error>> {
    println!("producer: starting");

    for i in 0..workers * 3 {
        queue.put(Some(i)).await?;
        println!("producer: add task {i} to queue");
    }

    println!("producer: adding stop signals to the queue");
    for _ in 0..workers {
        queue.put(None).await?;
    }
    println!("producer: waiting for queue to empty");
    queue.join().await;
    println!("producer: ending");
    Ok(())
}

async fn async_main(event_loop: EventLoop, consumers: u32) -> Result<(), Box<dyn Error>> {
    let queue = Rc::new(Queue::with_maxsize(consumers as usize));
    let mut tasks: Vec<_> =
        (0..consumers).map(|n| event_loop.create_task(consumer(n, queue.clone()))).collect();
    tasks.push(event_loop.create_task(producer(queue, consumers)));
    let (done, _pending) = wait(tasks).await;
    for task in done {
        task.await??;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    event_loop.run_until_complete(async_main(event_loop.clone(), 2))??;
    event_loop.close();
    Ok(())
}
