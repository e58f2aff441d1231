#!/bin/bash
# A SLURM cluster of N nodes on this one machine, to try job arrays on: no systemd, no cgroups, no database, loopback addresses only. As root.
#
#   slurm-local.sh FOLDER start [NODES] [CPUS]   packages (Debian 12, once), configuration, munged + slurmctld + NODES slurmd (2 nodes of 1 CPU); idempotent
#   slurm-local.sh FOLDER status                 the processes and sinfo; exit code 0 where all of them run
#   slurm-local.sh FOLDER stop                   ends jobs' steps and those processes, each by its pid; jobs that ran go back into the queue
#   . FOLDER/env                                 then sbatch, squeue, scontrol, scancel and sinfo of this shell are this cluster's
#
# All is under FOLDER (a short path: sockets lie there); `rm -rf FOLDER` after a stop forgets the cluster, jobs included. SLURM_LOCAL_PORT: the first of NODES + 1
# ports (17000); give another one for a second cluster. Partition urgent takes nodes away from partition main: main's jobs get TERM, 20 s later KILL, and are queued
# again. CPUs are counted, not enforced (task/none): a node may claim more than there are. A real cluster has, and this one has not: sacct (here `scontrol show job`
# for an hour, and FOLDER/log/jobs.txt), limits of memory, several users. A job that is queued again waits two minutes, as everywhere.
set -euo pipefail
folder=$(realpath -m "${1:?folder}"); command=${2:?start, stop or status}; port=${SLURM_LOCAL_PORT:-17000}
export SLURM_CONF=$folder/slurm.conf

alive() { # PIDFILE PROGRAM: whether that process is there and is that program; numbers are used again
    local pid; pid=$(cat "$1" 2>/dev/null) && [[ -n $pid && $(readlink "/proc/$pid/exe" 2>/dev/null) == *"$2"* ]]
}
within() { # SECONDS COMMAND…: until it succeeds
    local end=$((SECONDS + $1)); shift
    until "$@" >/dev/null 2>&1; do ((SECONDS < end)) || { echo "timed out: $*" >&2; return 1; }; sleep 0.2; done
}
gone() { ! kill -0 "$1" 2>/dev/null; }
end() { # PIDFILE PROGRAM
    if alive "$1" "$2"; then
        local pid; pid=$(<"$1"); kill -TERM "$pid"; within 20 gone "$pid" || kill -KILL "$pid"
    fi
    rm -f "$1"
}
nodes() { sed -n 's/^NodeName=\(n[0-9]*\) .*/\1/p' "$SLURM_CONF"; }
up() { [[ $(sinfo -h -N -p main -o %T | grep -cE '^(idle|mixed|allocated|completing)$') == $(nodes | wc -l) ]]; }
quiet() { [[ -z $(squeue -h -t R,CG -o %i) ]]; }

configure() { # NODES CPUS
    mkdir -p "$folder"/{state,spool,log,munge}; chmod 755 "$folder" "$folder"/{state,spool,log}; chmod 711 "$folder/munge"
    [[ -s $folder/munge/key ]] || (umask 077; head -c 1024 /dev/urandom > "$folder/munge/key")
    printf 'export SLURM_CONF=%q\n' "$SLURM_CONF" > "$folder/env"
    local memory host; memory=$(($(awk '/MemTotal/ {print $2}' /proc/meminfo) / 1024 / $1)); host=$(hostname -s)
    cat > "$SLURM_CONF" <<END
ClusterName=local
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool/%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/%n.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
JobCompType=jobcomp/filetxt
JobCompLoc=$folder/log/jobs.txt
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=1,bf_interval=2,sched_interval=2
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
ReturnToService=2
MaxArraySize=${SLURM_LOCAL_ARRAY:-1001}
MinJobAge=3600
SlurmdTimeout=20
$(for ((i = 1; i <= $1; i++)); do echo "NodeName=n$i NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + i)) CPUs=$2 RealMemory=$memory"; done)
PartitionName=main Nodes=ALL Default=YES PriorityTier=1 PreemptMode=REQUEUE GraceTime=20
PartitionName=urgent Nodes=ALL PriorityTier=10 PreemptMode=OFF
END
}

case $command in
start)
    if ! command -v slurmctld slurmd munged >/dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 slurm-wlm munge >/dev/null
    fi
    [[ -s $SLURM_CONF && $# -lt 3 ]] || configure "${3:-2}" "${4:-1}"
    alive "$folder/munged.pid" munged || munged --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
        --pid-file="$folder/munged.pid" --log-file="$folder/log/munged.log" --seed-file="$folder/munge/seed"
    alive "$folder/slurmctld.pid" slurmctld || slurmctld
    within 30 scontrol ping
    for node in $(nodes); do alive "$folder/$node.pid" slurmd || slurmd -N "$node"; done
    within 60 up; sinfo ;;
stop)
    [[ -s $SLURM_CONF ]] || exit 0
    if alive "$folder/slurmctld.pid" slurmctld; then
        for job in $(squeue -h -r -t R -o %i); do scontrol requeue "$job" || true; done; within 60 quiet || true
    fi
    for node in $(nodes); do end "$folder/$node.pid" slurmd; done
    end "$folder/slurmctld.pid" slurmctld; end "$folder/munged.pid" munged ;;
status)
    missing=0
    for name in munged slurmctld $(nodes); do
        if alive "$folder/$name.pid" "${name/#n[0-9]*/slurmd}"; then echo "$name $(<"$folder/$name.pid")"; else echo "$name is not running"; missing=1; fi
    done
    ((missing)) || sinfo -N; exit $missing ;;
*) echo "start, stop or status, not '$command'" >&2; exit 2 ;;
esac
