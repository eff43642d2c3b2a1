//! Runs executables of the hooks directory.

use crate::context::JobContext;
use crate::error::JobError;
use anyhow::anyhow;
use domain::delivery::Endpoint;
use domain::event::EventRecord;
use domain::id::{DeliveryId, EventId};
use files::executable::{self, Executable};
use rustix::process::{Pid, Signal, kill_process_group};
use services::Command as Change;
use services::Origin;
use services::events;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::task::spawn_blocking;

/// Time limit of a hook.
const TIME_LIMIT: Duration = Duration::from_mins(1);
/// Time for which standard error is read after the hook has ended: a child process of the hook may
/// keep the pipe open.
const STDERR_GRACE: Duration = Duration::from_secs(1);
/// Number of bytes of standard error that are kept.
const MAX_STDERR: u64 = 4096;
/// The hook's `PATH` variable.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Enqueues a delivery for each executable in the hooks directory.
pub(crate) async fn enqueue_deliveries(context: &JobContext, id: EventId) -> Result<(), JobError> {
    let Some(event) = events::find_event(context.app.open_view().await?.view(), id).await? else {
        return Ok(());
    };
    let dir = context.app.env.hooks_dir.clone();
    let names = spawn_blocking(move || executable::names(&dir)).await?;
    let names = match names {
        // The directory existed when the customer was changed, and may be restored.
        Err(error) => {
            return Err(JobError::Retry(anyhow!("The hooks directory is not used: {error}")));
        }
        Ok(names) => names,
    };
    context
        .app
        .change(&Origin::worker(), async |cmd: Change<'_>| {
            events::create_hook_deliveries(cmd, &event, &names).await
        })
        .await?;
    Ok(())
}

/// Runs a hook and records its exit code.
pub(crate) async fn run(context: &JobContext, id: DeliveryId) -> Result<(), JobError> {
    let Some((delivery, event)) = events::find(context.app.open_view().await?.view(), id).await?
    else {
        return Ok(());
    };
    let Endpoint::Hook(name) = delivery.endpoint else {
        return Err(JobError::GiveUp(anyhow!("The delivery is not for a hook")));
    };
    let dir = context.app.env.hooks_dir.clone();
    let hook = spawn_blocking(move || executable::open(&dir, &name))
        .await?
        .map_err(|why| JobError::GiveUp(anyhow!(capitalize(&why))))?;
    let ended = execute(&hook, &event).await?;
    let code = ended.status.code();
    let is_accepted = ended.status.success();
    let record = async |cmd: Change<'_>| {
        events::record_response(cmd, id, code.unwrap_or(-1), is_accepted).await
    };
    context.app.change(&Origin::worker(), record).await?;
    if is_accepted {
        return Ok(());
    }
    let how = code.map_or_else(
        || "The hook was killed by a signal".to_owned(),
        |code| format!("The hook ended with code {code}"),
    );
    let first_line = ended.stderr.lines().map(str::trim).find(|line| !line.is_empty());
    Err(JobError::Retry(anyhow!(
        first_line.map_or_else(|| how.clone(), |line| format!("{how}: {line}"))
    )))
}

/// The result of a hook that has ended.
struct HookResult {
    status: ExitStatus,
    stderr: String,
}

/// Runs a hook with an event. The hook's descriptor stays open until the hook has ended: an
/// interpreter may open the script late.
async fn execute(hook: &Executable, event: &EventRecord) -> Result<HookResult, JobError> {
    let cannot = |error| JobError::Retry(anyhow!("The hook cannot be run: {error}"));
    let mut child = Command::new(hook.path())
        .arg(&event.name)
        // A relative path in the hook must not lead to a directory that others can write to.
        .current_dir("/")
        .env_clear()
        .env("PATH", PATH)
        .env("CLIENTELE_EVENT", &event.name)
        .env("CLIENTELE_DELIVERY_ID", &event.message_id)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .map_err(cannot)?;
    // `group` is dropped before `child`: the group is killed before the child is reaped.
    let mut group = ProcessGroup(child.id());
    match exchange(&mut child, &mut group, event.payload.clone()).await {
        Ok(Some(ended)) => Ok(ended),
        Ok(None) => {
            drop(group);
            // The child is reaped, so that no zombie process remains.
            drop(child.wait().await);
            Err(JobError::Retry(anyhow!(
                "The hook ran longer than {} seconds and was killed",
                TIME_LIMIT.as_secs()
            )))
        }
        Err(error) => Err(cannot(error)),
    }
}

/// Writes the event to the hook's standard input and reads its standard error until the hook ends.
/// Returns `None` if it exceeds the time limit.
async fn exchange(
    child: &mut Child,
    group: &mut ProcessGroup,
    payload: String,
) -> std::io::Result<Option<HookResult>> {
    let (stdin, stderr) = (child.stdin.take(), child.stderr.take());
    let write = async move {
        if let Some(mut stdin) = stdin {
            // A hook may ignore its input, so a write error is ignored.
            drop(stdin.write_all(payload.as_bytes()).await);
        }
    };
    let mut kept = Vec::new();
    let read = async {
        let Some(mut stderr) = stderr else { return };
        drop((&mut stderr).take(MAX_STDERR).read_to_end(&mut kept).await);
        // The rest is read and discarded. Otherwise, a full pipe would block the hook.
        drop(tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await);
    };
    let mut pipes = Box::pin(async { tokio::join!(write, read) });
    let mut is_read = false;
    let exit = async {
        tokio::select! {
            status = child.wait() => status,
            _ = &mut pipes => {
                is_read = true;
                child.wait().await
            }
        }
    };
    let Ok(status) = tokio::time::timeout(TIME_LIMIT, exit).await else { return Ok(None) };
    // The child is reaped: the system may now give its id to another process.
    group.0 = None;
    let status = status?;
    if !is_read {
        drop(tokio::time::timeout(STDERR_GRACE, pipes.as_mut()).await);
    }
    drop(pipes);
    Ok(Some(HookResult { status, stderr: String::from_utf8_lossy(&kept).into_owned() }))
}

/// The process group of a hook. Dropping it kills all its processes. The id is `None` once the hook
/// is reaped, since the system may then give its id to another process.
struct ProcessGroup(Option<u32>);

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        let pid = self.0.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        if let Some(pid) = pid
            && let Err(error) = kill_process_group(pid, Signal::KILL)
        {
            tracing::warn!(%error, "a hook could not be killed");
        }
    }
}

fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::event::EventName;
    use std::os::unix::fs::PermissionsExt as _;

    fn script(dir: &std::path::Path, text: &str) -> Executable {
        let path = dir.join("hook");
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        executable::open(dir, "hook").unwrap()
    }

    fn event() -> EventRecord {
        EventRecord::new(
            "evt_1".to_owned(),
            EventName::Added,
            None,
            "meier".to_owned(),
            "x".repeat(1 << 20),
        )
    }

    #[tokio::test(start_paused = true)]
    async fn hanging_hooks_end_after_the_time_limit() {
        let dir = tempfile::tempdir().unwrap();
        let file = script(dir.path(), "trap '' TERM INT; sleep 1000 & sleep 1000");
        let Err(JobError::Retry(why)) = execute(&file, &event()).await else {
            panic!("the hook did not hang")
        };
        assert_eq!(why.to_string(), "The hook ran longer than 60 seconds and was killed");
    }

    #[tokio::test]
    async fn process_groups_of_reaped_hooks_are_not_killed() {
        let dir = tempfile::tempdir().unwrap();
        let ids = dir.path().join("ids");
        // The child process keeps standard error open, so `execute` waits for the grace period.
        let file = script(
            dir.path(),
            &format!("sleep 1000 & echo $$ $! > {0}.new; mv {0}.new {0}", ids.display()),
        );
        let event = event();
        let exists = |id: &str| std::path::Path::new("/proc").join(id).exists();
        let reaped = async {
            loop {
                if let Ok(text) = std::fs::read_to_string(&ids) {
                    let (leader, child) = text.trim().split_once(' ').unwrap();
                    if !exists(leader) {
                        return child.to_owned();
                    }
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        let child = tokio::select! {
            _ = execute(&file, &event) => panic!("the grace period must still run"),
            child = reaped => child,
        };
        let pid = Pid::from_raw(child.parse().unwrap()).unwrap();
        assert!(
            rustix::process::test_kill_process(pid).is_ok(),
            "the group has the id of a reaped process"
        );
        rustix::process::kill_process(pid, Signal::KILL).unwrap();
    }

    #[tokio::test]
    async fn standard_error_is_read_even_if_hooks_close_or_keep_pipes() {
        let dir = tempfile::tempdir().unwrap();
        for (text, code, stderr) in [
            ("exec <&-; echo first >&2; exit 4", 4, "first"),
            ("head -c 3000000 /dev/zero | tr '\\0' 'x' >&2", 0, "xxx"),
            ("cat > /dev/null; echo done >&2; sleep 1000 & exit 0", 0, "done"),
            ("exec 2>&-; exit 1", 1, ""),
        ] {
            let file = script(dir.path(), text);
            let ended = execute(&file, &event()).await.unwrap();
            assert_eq!(ended.status.code(), Some(code), "{text}");
            assert!(ended.stderr.starts_with(stderr), "{text}: {}", ended.stderr.len());
        }
        let file = script(dir.path(), "kill -9 $$");
        assert_eq!(execute(&file, &event()).await.unwrap().status.code(), None);
    }
}
