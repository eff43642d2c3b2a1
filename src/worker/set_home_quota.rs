//! Sets a project quota on a customer's home directory, so that the file system enforces their disk
//! space limit. The setting `homes.project_quota` must be on, and the file system must support it
//! (ext4 with `project` and `quota`, XFS with `prjquota`).

use crate::context::JobContext;
use crate::error::JobError;
use anyhow::{Context as _, anyhow};
use domain::id::CustomerId;
use domain::quota::Quota;
use domain::resources::Resource;
use services::customers;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Directories in which the quota tools are looked up.
const PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";
/// Block size of the quota tools, in bytes.
const BLOCK: u64 = 1 << 10;

pub(super) async fn run(context: &JobContext, id: CustomerId) -> Result<(), JobError> {
    let Some(customer) = customers::find(&context.app, id).await? else {
        return Ok(());
    };
    let home = context.app.env.homes_dir.join(customer.login_name.as_str());
    let limit = customer.profile.services.limits[Resource::Diskspace];
    // The tools are started without a shell. Their errors are shown to admins.
    let outcome =
        tokio::task::spawn_blocking(move || set_quota(&home, customer.guid, limit)).await?;
    outcome.map_err(JobError::GiveUp)
}

fn set_quota(home: &Path, guid: i64, limit: Quota) -> anyhow::Result<()> {
    let project = u32::try_from(guid)
        .ok()
        .filter(|id| *id > 0)
        .with_context(|| format!("{guid} is not a valid project id for a quota"))?;
    let mount = mount_point(home).with_context(|| format!("{} cannot be read", home.display()))?;
    for mut command in commands(home, &mount, project, limit) {
        let name = command.get_program().to_string_lossy().into_owned();
        let output = command
            .output()
            .with_context(|| format!("{name} cannot be run (Debian: e2fsprogs, quota)"))?;
        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            let line =
                stderr.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given");
            return Err(anyhow!("The quota for {} cannot be set: {name}: {line}", home.display()));
        }
    }
    Ok(())
}

/// Returns the commands that set the project of the home directory and the limit of the project.
///
/// Only the home directory itself gets the project; files that are created in it later inherit the
/// project. Existing files would have to be walked recursively, and their owner could replace them
/// with links in the meantime.
fn commands(home: &Path, mount: &Path, project: u32, limit: Quota) -> [Command; 2] {
    // For `setquota`, 0 means unlimited, so a limit of zero bytes becomes one block.
    let blocks = match limit {
        Quota::Unlimited => 0,
        Quota::Limited(bytes) => bytes.div_ceil(BLOCK).max(1),
    };
    let mut set_project = Command::new("chattr");
    set_project.args(["-p", &project.to_string(), "+P", "--"]).arg(home);
    let mut set_limit = Command::new("setquota");
    set_limit.args(["-P", &project.to_string(), "0", &blocks.to_string(), "0", "0"]).arg(mount);
    // The tools run as root, so they are looked up in system directories only, whatever the
    // worker's environment is.
    for command in [&mut set_project, &mut set_limit] {
        command.current_dir("/").env_clear().env("PATH", PATH);
    }
    [set_project, set_limit]
}

/// Returns the mount point of a directory's file system.
fn mount_point(path: &Path) -> std::io::Result<PathBuf> {
    let path = path.canonicalize()?;
    let device = path.metadata()?.dev();
    let above = path
        .ancestors()
        .take_while(|above| above.metadata().is_ok_and(|meta| meta.dev() == device));
    Ok(above.last().map_or_else(|| path.clone(), Path::to_path_buf))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(command: &Command) -> String {
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn commands_set_project_and_limit() {
        let built = |limit| {
            commands(Path::new("/srv/homes/web1"), Path::new("/srv"), 10_001, limit)
                .map(|command| line(&command))
        };
        assert_eq!(
            built(Quota::Limited(5 << 20)),
            ["chattr -p 10001 +P -- /srv/homes/web1", "setquota -P 10001 0 5120 0 0 /srv"]
        );
        assert_eq!(built(Quota::Unlimited)[1], "setquota -P 10001 0 0 0 0 /srv");
        assert_eq!(
            built(Quota::Limited(0))[1],
            "setquota -P 10001 0 1 0 0 /srv",
            "0 would mean unlimited"
        );
        assert_eq!(built(Quota::Limited(1025))[1], "setquota -P 10001 0 2 0 0 /srv");
    }

    #[test]
    fn mount_points_are_ancestors_on_the_same_device() {
        let dir = tempfile::tempdir().unwrap();
        let mount = mount_point(dir.path()).unwrap();
        assert!(dir.path().canonicalize().unwrap().starts_with(&mount));
        assert_eq!(mount.metadata().unwrap().dev(), dir.path().metadata().unwrap().dev());
        assert!(
            set_quota(dir.path(), 0, Quota::Unlimited).is_err()
                && set_quota(dir.path(), -1, Quota::Unlimited).is_err()
        );
    }
}
