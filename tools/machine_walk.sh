#!/usr/bin/env bash
# Inside the machine of tools/machine.sh, where docs/operator/install.md was followed: uses what was installed, and does to
# it what operators and misfortune do. `before` a power cut, and `after` it. The first thing that does not come stops it.
set -euo pipefail
shopt -s nullglob
SERVICES=(torogoz torogoz-workers torogoz-inbox torogoz-answers)

ok() { echo "ok: $1"; }
no() { echo "NOT: $1" >&2; exit 1; }
# until WHAT COMMAND…: wait until a command succeeds, a minute at most.
until_() {
  local what=$1; shift
  for _ in $(seq 240); do "$@" >/dev/null 2>&1 && { ok "$what"; return; }; sleep 0.25; done
  no "$what"
}
web() { curl --silent --show-error --cacert /etc/torogoz/tls/chain.pem --resolve piu.example:443:127.0.0.1 "$@"; }
sql() { (cd / && runuser -u postgres -- psql -d torogoz -Atc "$1"); }
page() { web --fail --output /dev/null https://piu.example/sign-in; }
whole() { torogoz audit check | grep -q ^whole; }
healthy() { systemctl is-active --quiet "${SERVICES[@]}"; }
process() { systemctl show --property=MainPID --value "$1"; }

# request TRANSACTION SURNAME: a carrier asks about one invented traveller of tomorrow.
request() {
  local day; day=$(date -u -d tomorrow +%y%m%d)
  local body="BGM+745'RFF+TN:$1'TDT+20+XA570'LOC+125+LAX'DTM+189:${day}0900:201'LOC+87+SAL'DTM+232:${day}1500:201'"
  body+="NAD+FL+++$2:ANA'ATT+2++F'DTM+329:880229'NAT+2+SLV'RFF+AVF:X7K2PQ'RFF+ABO:$1'DOC+P:110:111+A$1'LOC+91+SLV'"
  local marks=${body//[!\']/}
  printf '%s' "UNA:+.? 'UNB+UNOA:4+XA:ZZ+PIU:ZZ+$(date -u +%y%m%d:%H%M)+$1++APIS'UNH+1+PAXLST:D:05B:UN:IATA+C/1'$body"
  printf '%s' "UNT+$((${#marks} + 2))+1'UNZ+1+$1'"
}
# drop FOLDER NAME: standard input as a file of the relay's, written and then renamed.
drop() { runuser -u relay -- sh -c "umask 027; cat > $1/$2.part && mv $1/$2.part $1/$2"; }
loaded() { sql "select count(*) from storage_receivedmessage where status = 'loaded'"; }
screened() { [ "$(sql "select count(*) from storage_journey where screened_at is null or screening_due_at is not null")" = 0 ]; }
asked() { web --header "Authorization: Bearer $token" --data-binary @- https://piu.example/interactive; }

messages() {
  useradd --system --gid torogoz-files --shell /usr/sbin/nologin relay
  torogoz synth --out /var/tmp/day --preset tiny >/dev/null
  local files=(/var/tmp/day/messages/*)
  install -o torogoz -g torogoz -m 0600 "${files[0]}" /srv/torogoz/spool/.one && mv /srv/torogoz/spool/{.one,one}
  until_ 'a file in the spool is read, and leaves a receipt' test -e /srv/torogoz/spool/done/one
  drop /srv/inbox two < "${files[1]}"
  until_ 'a file that the relay brings is read' test -e /srv/inbox/done/two
  until_ 'what was read is screened' screened

  token=$(torogoz senders add carrier-xa --carrier XA)
  torogoz carriers agree XA --acknowledge contrl
  local receipt number
  receipt=$(request 101 EJEMPLO | web --header "Authorization: Bearer $token" --data-binary @- https://piu.example/intake)
  number=${receipt//[!0-9]/}
  request 102 PRUEBA | asked | grep -q "ERC+0Z'FTX+AAP+++OK TO BOARD.'" || no 'a carrier that asks over HTTPS is answered'
  ok 'a carrier that asks over HTTPS is answered'
  told() { web --header "Authorization: Bearer $token" "https://piu.example/intake/$number" | grep -q CONTRL; }
  until_ 'a delivery over HTTPS is acknowledged as was agreed' told
  request 103 FICTICIO | drop /srv/requests ask
  until_ 'a carrier that asks by a file is answered, for the relay to read' \
    runuser -u relay -- grep -q 'OK TO BOARD' /srv/requests/ask.cusres
  web --header 'Authorization: Bearer x' --data-binary x --output /dev/null --write-out '%{http_code}' \
    https://piu.example/intake | grep -q 401 || no 'a wrong token opens nothing'
  ok 'a wrong token opens nothing'
}

killed() {
  local unit before
  for unit in "${SERVICES[@]}"; do
    before=$(process "$unit")
    kill -KILL "$before"
    again() { [ "$(process "$unit")" != "$before" ] && [ "$(process "$unit")" != 0 ] && systemctl is-active --quiet "$unit"; }
    until_ "$unit comes back after kill -9" again
  done
  one_worker() {
    local found; found=$(grep -lsazx '[-]-alone' /proc/[0-9]*/cmdline | tail -n 1)
    found=${found#/proc/}
    kill -KILL "${found%/cmdline}"
  }
  until_ 'a worker alone is killed' one_worker
  until_ 'that is said in the log' \
    sh -c 'journalctl --unit "torogoz*" --no-pager | grep -q worker.died'
  until_ 'pages open again' page
  local count; count=$(loaded)
  drop /srv/inbox three < "$(ls /var/tmp/day/messages/* | sed -n 3p)"
  more() { [ "$(loaded)" -gt "$count" ]; }
  until_ 'messages are read again' more
}

away() {
  request 200 CERCANO | asked | grep -q 'OK TO BOARD' || no 'a carrier that asks over HTTPS is answered after kill -9'
  systemctl stop 'postgresql@*'
  request 201 LEJANO | asked | grep -q 'NOT CHECKED' || no 'without a database a carrier is given the fall-back, by HTTPS'
  ok 'without a database a carrier is given the fall-back, by HTTPS'
  request 202 LEJANO | drop /srv/requests far
  until_ 'and by files' grep -q 'NOT CHECKED' /srv/requests/far.cusres
  systemctl restart postgresql
  read_later() { [ ! -e /srv/requests/far.again ]; }
  until_ 'what could not be received is, once the database is back' read_later
  near() { request 203 CERCANO | drop /srv/requests near; sleep 1; grep -q "BOARD[.]'" /srv/requests/near.cusres; }
  until_ 'with the database back a carrier is answered' near
  until_ 'pages open' page
  fell() { [ "$(sql "select count(*) from storage_auditentry where event = 'request.fell_back'")" -ge 2 ]; }
  until_ 'each fall-back stands in the audit' fell
  until_ 'all units run' healthy
}

keys() {
  (for file in $(ls /var/tmp/day/messages/* | sed -n 10,40p); do drop /srv/inbox "$(basename "$file")" < "$file"; sleep 0.3; done) &
  torogoz keys rotate | grep -q 'no row needs' || no 'keys rotate while messages come in'
  wait $!
  ok 'keys rotate while messages come in'
  until_ 'and what came meanwhile is read' screened
  torogoz keys check | grep -q 'fields-2 *current' || no 'the new keys are the current ones'
  request 301 NUEVO | asked | grep -q 'OK TO BOARD' || no 'carriers are answered under the new keys'
  ok 'carriers are answered under the new keys'
}

people() {
  printf 'another invented long phrase\n' | torogoz users add ana.lopez --role analyst --full-name 'López Mena, Ana'
  torogoz users reset ana.lopez --second-factor | grep -q 'may sign in again' || no 'a second factor is reset'
  [ "$(sql "select count(*) from storage_auditentry where event = 'account.reset'")" -ge 1 ] || no 'and is an entry of the audit'
  ok 'a second factor is reset, and is an entry of the audit'
}

# rows URL: how many of everything a centre has, of the database that a URL names.
rows() {
  psql "$1" -Atc "select (select count(*) from storage_journeytraveller), (select count(*) from storage_receivedmessage),
    (select count(*) from storage_observation), (select count(*) from storage_hit)"
}

recovery() {
  local list=/var/tmp/list.csv
  for lines in 20 2; do # the second one drops entries, which goes into the ledger
    head -n $lines /var/tmp/day/lists/persons.csv > $list
    torogoz watchlist import $list --format csv --list Wanted --owner FGR --legal-basis Ley --purpose serious_crime \
      --grade B2 --review-on "$(date -d '+90 days' +%F)" >/dev/null
  done
  systemctl start torogoz-backup.service torogoz-ledger.service torogoz-check.service
  cmp /srv/torogoz/ledger/*.jsonl /srv/backups/ledger/*.jsonl
  ok 'backup, ledger and check run as units'
  local file url
  file=$(ls -t /srv/backups/*.backup | head -n 1)
  url=$(sed -n "s/^DATABASE_URL='\(.*\)'/\1/p" /etc/torogoz/environment)
  (cd / && runuser -u postgres -- createdb --owner torogoz --encoding UTF8 --template template0 fresh)
  install -d -o torogoz -g torogoz -m 0700 /srv/fresh
  cp --archive /srv/torogoz/keys /srv/fresh
  local as=(runuser -u torogoz -- env TOROGOZ_HOME=/srv/fresh HOME=/srv/fresh "DATABASE_URL=${url%/*}/fresh")
  "${as[@]}" /opt/torogoz/bin/torogoz restore --check "$file"
  "${as[@]}" /opt/torogoz/bin/torogoz restore "$file"
  "${as[@]}" /opt/torogoz/bin/torogoz audit check | grep -q ^whole || no 'a restored audit is whole'
  [ "$(rows "${url%/*}/fresh")" = "$(rows "$url")" ] || no 'a fresh home has every row of the old one'
  ok 'a backup is restored into a fresh home on an empty database, and has every row'
  install -d -o torogoz -g torogoz -m 0700 /srv/small
  cp --archive /srv/torogoz/keys /srv/small
  runuser -u torogoz -- env TOROGOZ_HOME=/srv/small HOME=/srv/small /opt/torogoz/bin/torogoz restore "$file"
  ok 'and into a home that holds its database'
}

# The embedded and the PostgreSQL home that the first release left, and this release's commands on them.
upgrade() {
  local release=/root/releases/0.1.0 kind as
  for kind in sqlite postgresql; do
    install -d -o torogoz -g torogoz -m 0700 "/srv/old-$kind" "/srv/old-$kind/keys"
    install -o torogoz -g torogoz -m 0600 $release/keys/* "/srv/old-$kind/keys"
    as=(runuser -u torogoz -- env "TOROGOZ_HOME=/srv/old-$kind" "HOME=/srv/old-$kind")
    if [ $kind = sqlite ]; then
      install -o torogoz -g torogoz -m 0600 $release/torogoz.sqlite3 /srv/old-sqlite/torogoz.sqlite3
    else
      (cd / && runuser -u postgres -- createdb --owner torogoz --encoding UTF8 --template template0 old)
      local url; url=$(sed -n "s/^DATABASE_URL='\(.*\)'/\1/p" /etc/torogoz/environment)
      psql --quiet "${url%/*}/old" < $release/postgresql.sql >/dev/null
      as+=("DATABASE_URL=${url%/*}/old")
    fi
    "${as[@]}" /opt/torogoz/bin/torogoz keys check >/dev/null 2>&1 && no 'an older database is refused before it is brought forward'
    "${as[@]}" /opt/torogoz/bin/torogoz migrate
    "${as[@]}" /opt/torogoz/bin/torogoz keys check >/dev/null
    "${as[@]}" /opt/torogoz/bin/torogoz audit check | grep -q ^whole || no "the audit of a $kind home of 0.1.0 is whole"
    ok "a $kind home that release 0.1.0 left comes forward, and its audit is whole"
  done
}

# Keys that systemd hands over, by the units' own drop-ins.
credentials() {
  local unit key
  install -d -m 0700 /etc/torogoz/keys
  systemctl stop 'torogoz*.service'
  mv /srv/torogoz/keys/*.key /etc/torogoz/keys
  for unit in "${SERVICES[@]}" torogoz-check torogoz-backup; do
    mkdir -p "/etc/systemd/system/$unit.service.d"
    { echo '[Service]'; for key in /etc/torogoz/keys/*; do echo "LoadCredential=${key##*/}:$key"; done; } \
      > "/etc/systemd/system/$unit.service.d/keys.conf"
  done
  systemctl daemon-reload
  systemctl start "${SERVICES[@]}" torogoz-check torogoz-backup
  until_ 'with the keys in credentials all units run' healthy
  until_ 'pages open' page
  systemctl stop 'torogoz*.service'
  rm -r /etc/systemd/system/torogoz*.service.d
  mv /etc/torogoz/keys/*.key /srv/torogoz/keys
  systemctl daemon-reload
  systemctl start "${SERVICES[@]}"
}

checked() {
  systemd-analyze verify /etc/systemd/system/torogoz*.service || no 'systemd has nothing to say about the units'
  (set -a; . /etc/torogoz/environment; set +a
    runuser -u torogoz -- env DJANGO_SETTINGS_MODULE=torogoz.web.settings /opt/torogoz/bin/python -m django check --deploy) ||
    no 'Django has nothing to say about the settings'
  ok 'neither systemd nor Django has anything to say'
}

stops() {
  local begun unit
  for unit in "${SERVICES[@]}"; do
    begun=$(date +%s%N)
    systemctl stop "$unit"
    [ "$(systemctl show --property=Result --value "$unit")" = success ] || no "$unit ends by itself"
    ok "$unit ends by itself, in $((($(date +%s%N) - begun) / 1000000)) ms"
  done
  systemctl start "${SERVICES[@]}"
  until_ 'pages open' page
}

case $1 in
before)
  until_ 'all units run' healthy
  messages
  killed
  away
  keys
  people
  recovery
  upgrade
  credentials
  checked
  stops
  systemctl --failed --no-legend | grep . && no 'no unit has failed'
  drop /srv/inbox last < "$(ls /var/tmp/day/messages/* | sed -n 50p)"
  ;;
after)
  until_ 'after a power cut all units come by themselves' healthy
  until_ 'pages open' page
  until_ 'what lay there is read' test -e /srv/inbox/done/last
  until_ 'and screened' screened
  until_ 'the audit is whole' whole
  journalctl --unit 'torogoz*' --priority err --no-pager | grep -v 'Failed with result' || true
  systemctl --failed --no-legend | grep . && no 'no unit has failed'
  ok 'no unit has failed'
  ;;
esac
