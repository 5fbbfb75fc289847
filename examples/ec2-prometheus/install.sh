# The archive of the Prometheus project: packages of distributions such as Debian accept "sigv4" and do not sign.
VERSION=3.5.0
NAME="prometheus-$VERSION.linux-arm64"
RELEASE="https://github.com/prometheus/prometheus/releases/download/v$VERSION"
cd /tmp
curl -sSfLO "$RELEASE/$NAME.tar.gz"
curl -sSfLO "$RELEASE/sha256sums.txt"
grep " $NAME.tar.gz\$" sha256sums.txt | sha256sum --check --strict
tar xzf "$NAME.tar.gz"
install -m 755 "$NAME/prometheus" "$NAME/promtool" /usr/local/bin/
promtool check config /etc/prometheus/prometheus.yml

useradd --system --no-create-home --shell /sbin/nologin prometheus
install -d -o prometheus -g prometheus /var/lib/prometheus
cat > /etc/systemd/system/prometheus.service <<'UNIT'
[Unit]
Wants=network-online.target
After=network-online.target

[Service]
User=prometheus
ExecStart=/usr/local/bin/prometheus --config.file=/etc/prometheus/prometheus.yml --storage.tsdb.path=/var/lib/prometheus
Restart=always

[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now prometheus

# AMP has accepted samples when the highest timestamp that was sent is above 0.
for _ in $(seq 60); do
  if curl -sf localhost:9090/metrics | grep -Eq '^prometheus_remote_storage_queue_highest_sent_timestamp_seconds\{.*\} [1-9]'; then
    exit 0
  fi
  sleep 5
done
journalctl --unit prometheus --lines 20 --no-pager
exit 1
