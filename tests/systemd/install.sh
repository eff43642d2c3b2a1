# Runs the steps of docs/operations.md, "One machine with systemd", and adds a unit that runs the checks.
set -eux
useradd --system --home-dir /var/lib/clientele --shell /usr/sbin/nologin clientele
install -d -m 0750 -g clientele /etc/clientele
install -d -m 0755 /etc/clientele/hooks
install -m 0640 -g clientele /units/environment.example /etc/clientele/environment
install -m 0640 -g clientele /dev/null /etc/clientele/secret.key
openssl rand -hex 32 > /etc/clientele/secret.key
install -d -m 0711 /var/customers /var/customers/webs
install -d -m 0700 -o clientele -g clientele /var/backups/clientele
cp /units/clientele* /etc/systemd/system/

age-keygen -o /root/backup.key
sed -i "s|^#CLIENTELE_BACKUP_RECIPIENT=.*|CLIENTELE_BACKUP_RECIPIENT=$(age-keygen -y /root/backup.key)|; /^CLIENTELE_SMTP_URL/d" \
    /etc/clientele/environment
printf '#!/bin/sh\necho "$1 uid=$(id -u) cwd=$(pwd)" >> /var/customers/hook.log\n' > /etc/clientele/hooks/10-log
chmod 755 /etc/clientele/hooks/10-log
cat > /etc/systemd/system/trial.service <<'UNIT'
[Unit]
Requires=postgresql.service
After=postgresql.service
[Service]
Type=oneshot
ExecStart=/bin/bash /units/check.sh
ExecStopPost=/bin/systemctl --no-block poweroff
StandardOutput=append:/trial/out
StandardError=inherit
UNIT
