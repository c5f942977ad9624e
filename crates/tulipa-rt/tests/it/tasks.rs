//! The list of tasks against a model, and the callbacks that wait beside it.
//!
//! # Safety
//!
//! Headers are boxed: they stay where they are until they are dropped, and are taken out of their
//! list before. All is done on one thread.

use std::cell::{Cell, RefCell};
use std::process::Command;
use std::rc::Rc;

use tulipa_rt::{Header, TaskId, TaskList};

use crate::support::header;

/// Puts a new task into the list.
fn insert(list: &TaskList) -> Box<Header> {
    let header = Box::new(header());
    // SAFETY: see the head of the file.
    unsafe { list.insert(&header) };
    header
}

fn remove(header: &Header) {
    // SAFETY: see the head of the file.
    unsafe { TaskList::remove(header) };
}

fn ids(list: &TaskList) -> Vec<TaskId> {
    let mut ids = Vec::new();
    list.for_each(|task| ids.push(task.id()));
    ids
}

#[test]
fn tasks_are_visited_in_order_of_creation() {
    let list = TaskList::default();
    assert!(list.is_empty() && ids(&list).is_empty());
    let tasks: [_; 5] = std::array::from_fn(|_| insert(&list));
    assert_eq!(ids(&list), tasks.each_ref().map(|task| task.id()));
    for gone in [2, 0, 4] {
        remove(&tasks[gone]);
    }
    assert_eq!(ids(&list), [tasks[1].id(), tasks[3].id()]);
    for task in &tasks {
        remove(task); // in a list or not
    }
    assert!(list.is_empty());
}

#[test]
fn it_behaves_as_a_vector_does() {
    for seed in 0..50 {
        let mut random = fastrand::Rng::with_seed(seed);
        let lists = [TaskList::new(), TaskList::new()];
        let mut models: [Vec<Box<Header>>; 2] = Default::default();
        for _ in 0..400 {
            let which = random.usize(..2);
            let model = &mut models[which];
            match random.u32(..10) {
                0..5 => model.push(insert(&lists[which])),
                5..8 if !model.is_empty() => {
                    let gone = model.remove(random.usize(..model.len()));
                    remove(&gone);
                }
                8 if !model.is_empty() => {
                    // A task may be taken out and put in again, at the end.
                    let moved = model.remove(random.usize(..model.len()));
                    remove(&moved);
                    // SAFETY: see the head of the file; it was taken out just now.
                    unsafe { lists[which].insert(&moved) };
                    model.push(moved);
                }
                _ => assert_eq!(lists[which].is_empty(), model.is_empty()),
            }
            for (list, model) in lists.iter().zip(&models) {
                assert_eq!(ids(list), model.iter().map(|task| task.id()).collect::<Vec<_>>());
            }
        }
        models.iter().flatten().for_each(|task| remove(task));
    }
}

#[test]
fn a_list_that_is_dropped_first_lets_its_tasks_go() {
    let list = TaskList::new();
    let tasks: [_; 3] = std::array::from_fn(|_| insert(&list));
    drop(list);
    for task in &tasks {
        remove(task); // as their ends do, later
    }
    let list = TaskList::new();
    // SAFETY: see the head of the file; the list it was in is gone.
    unsafe { list.insert(&tasks[1]) };
    assert_eq!(ids(&list), [tasks[1].id()]);
    remove(&tasks[1]);
}

#[test]
fn visits_may_be_nested() {
    let list = TaskList::new();
    let tasks: [_; 3] = std::array::from_fn(|_| insert(&list));
    let mut visited = 0;
    list.for_each(|_| visited += ids(&list).len());
    assert_eq!(visited, 9);
    assert_eq!(format!("{list:?}"), format!("{:?}", tasks.each_ref().map(|task| task.name())));
    for task in &tasks {
        remove(task);
    }
}

/// Runs itself in another process, which must not live to tell.
#[test]
fn a_task_that_ends_during_a_visit_aborts() {
    const CHILD: &str = "TULIPA_RT_VISIT";
    if std::env::var_os(CHILD).is_some() {
        let list = TaskList::new();
        let tasks = [insert(&list), insert(&list)];
        list.for_each(|_| remove(&tasks[1]));
        println!("survived");
        return;
    }
    let name = "tasks::a_task_that_ends_during_a_visit_aborts";
    let mut child = Command::new(std::env::current_exe().unwrap());
    let output = child.args(["--exact", name, "--nocapture"]).env(CHILD, "1").output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(!output.status.success() && !out.contains("survived"), "{out}{err}");
    assert!(err.contains("keep what you need, act afterwards"), "it says what to do: {err}");
}

fn run_all(list: &TaskList, task: &Header) {
    list.take_done_callbacks(task).for_each(|callback| callback());
}

#[test]
fn callbacks_are_kept_by_task_in_order() {
    let list = TaskList::new();
    let [one, two] = [header(), header()];
    let log = Rc::new(RefCell::new(Vec::new()));
    for (task, event) in [(&one, 1), (&two, 20), (&one, 2), (&two, 21), (&one, 3)] {
        let log = log.clone();
        list.add_done_callback(task, Box::new(move || log.borrow_mut().push(event)));
    }
    run_all(&list, &one);
    assert_eq!(log.take(), [1, 2, 3]);
    run_all(&list, &one);
    assert_eq!(log.take(), [], "they are taken once");
    run_all(&list, &two);
    assert_eq!(log.take(), [20, 21]);
}

#[test]
fn a_callback_is_taken_back_by_its_number_and_no_other_is() {
    let list = TaskList::new();
    let [one, two] = [header(), header()];
    let log = Rc::new(RefCell::new(Vec::new()));
    let add = |task, event| {
        let log = log.clone();
        list.add_done_callback(task, Box::new(move || log.borrow_mut().push(event)))
    };
    let first = add(&one, 1);
    let second = add(&one, 2);
    assert!(list.remove_done_callback(&one, second));
    let third = add(&one, 3);
    assert!(!list.remove_done_callback(&one, second), "its number is not given out again");
    assert!(!list.remove_done_callback(&two, third), "not by way of another task");
    assert!(list.remove_done_callback(&one, first));
    run_all(&list, &one);
    assert_eq!(log.take(), [3]);
    assert!(!list.remove_done_callback(&one, third), "it was taken");
}

#[test]
fn a_callback_may_use_the_list_as_it_is_dropped() {
    struct Uses(Rc<TaskList>, Rc<Header>, Rc<Cell<bool>>);
    impl Drop for Uses {
        fn drop(&mut self) {
            let number = self.0.add_done_callback(&self.1, Box::new(|| ()));
            self.2.set(self.0.remove_done_callback(&self.1, number));
        }
    }
    let (list, task) = (Rc::new(TaskList::new()), Rc::new(header()));
    let was_used = Rc::new(Cell::new(false));
    let held = Uses(list.clone(), task.clone(), was_used.clone());
    let number = list.add_done_callback(&task, Box::new(move || drop(held)));
    assert!(list.remove_done_callback(&task, number));
    assert!(was_used.get());
}
