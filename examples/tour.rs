//! What tulipa does, in five scenes of a second or less each.

use std::error::Error;
use std::future::pending;
use std::rc::Rc;
use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::sync::local::Queue;
use tulipa::{TaskGroup, create_task, gather, sleep, timeout, yield_now};

fn main() -> Result<(), Box<dyn Error>> {
    tulipa::run(async {
        tasks().await?;
        side_by_side().await;
        deadline().await;
        queue().await?;
        group().await;
        Ok(())
    })
}

fn heading(title: &str, what: &str) {
    println!("\n{title}\n{}\n{what}\n", "-".repeat(title.len()));
}

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

async fn tasks() -> Result<(), Box<dyn Error>> {
    async fn count(name: &str) -> u32 {
        for i in 1..=3 {
            println!("  {name}: {i}");
            yield_now().await;
        }
        3
    }

    heading(
        "1. Tasks",
        "One thread, two tasks. They take turns, in the order in which they were created;\n\
         a task runs until it awaits, so nobody interrupts it between two awaits.",
    );
    let anna = create_task(count("anna"));
    let bert = create_task(count("bert"));
    println!("  main: both are created, neither has begun");
    let sum = anna.await? + bert.await?;
    println!("  main: both have ended, and returned {sum} together");
    Ok(())
}

async fn side_by_side() {
    async fn page(name: &str, time: Duration) -> String {
        println!("  {name}: asked for");
        sleep(time).await;
        println!("  {name}: here");
        format!("the {name} page")
    }

    heading(
        "2. gather",
        "Three pages are fetched at the same time; the quickest comes first.\n\
         The results are in the order of the arguments all the same.",
    );
    let pages = [page("slow", ms(300)), page("quick", ms(100)), page("average", ms(200))];
    println!("  main: {:?}", gather(pages).await);
}

async fn deadline() {
    async fn upload() {
        println!("  upload: started, and it would take a minute");
        let send = sleep(Duration::from_secs(60)).finally(async || {
            println!("  upload: told to stop; telling the server");
            sleep(ms(50)).await;
            println!("  upload: the server knows, the connection is closed");
        });
        send.await;
    }

    heading(
        "3. A deadline",
        "An upload has 0.2 s. Then it is cancelled, which is a request: its cleanup may await,\n\
         and the caller goes on when the cleanup has ended, not before.",
    );
    match timeout(ms(200), upload()).await {
        Ok(()) => println!("  main: uploaded"),
        Err(error) => println!("  main: {error}"),
    }
}

async fn queue() -> Result<(), Box<dyn Error>> {
    async fn worker(name: &str, jobs: Rc<Queue<u32>>) -> Result<u32, Box<dyn Error>> {
        let mut count = 0;
        while let Ok(job) = jobs.get().await {
            println!("  {name}: job {job} begins");
            sleep(ms(20) * job).await;
            println!("  {name}: job {job} is done");
            jobs.task_done()?;
            count += 1;
        }
        Ok(count)
    }

    heading(
        "4. A queue",
        "Two workers, five jobs, and a queue with room for two: `put` waits for room,\n\
         `join` waits until every job is done, `shutdown` sends the workers home.",
    );
    let jobs = Rc::new(Queue::with_maxsize(2));
    let anna = create_task(worker("anna", jobs.clone()));
    let bert = create_task(worker("bert", jobs.clone()));
    for job in 1..=5 {
        jobs.put(job).await?;
        println!("  main: put job {job}");
    }
    jobs.join().await;
    println!("  main: all jobs are done");
    jobs.shutdown(false);
    println!("  anna did {}, bert did {}", anna.await??, bert.await??);
    Ok(())
}

async fn group() {
    async fn server(name: &str) {
        println!("  {name}: serving");
        let serve = pending::<()>().finally(async || {
            println!("  {name}: closing");
            sleep(ms(50)).await;
            println!("  {name}: closed");
        });
        serve.await;
    }

    async fn read_settings() -> Result<u16, std::num::ParseIntError> {
        sleep(ms(100)).await;
        println!("  settings: the port is 80a");
        "80a".parse()
    }

    heading(
        "5. A task group",
        "Three tasks that belong together. One fails, so the others are cancelled;\n\
         the group ends when the last of them has cleaned up, with the error.",
    );
    let outcome = TaskGroup::run(async |group| {
        group.create_task(server("web")).detach();
        group.create_task(server("mail")).detach();
        group.try_create_task(read_settings()).with_name("settings").detach();
    });
    match outcome.await {
        Ok(()) => println!("  main: all went well"),
        Err(error) => println!("  main: {error}"),
    }
}
