#!/bin/bash
# A SLURM cluster of two nodes on this one machine: no systemd, no cgroups, no database, loopback addresses only. As root, with Debian's
# slurm-wlm and munge.
#
#   slurm-local.sh FOLDER start PORT ARRAY   munged, slurmctld and two slurmd; the first of three ports, and MaxArraySize
#   slurm-local.sh FOLDER stop               ends jobs and those processes, each by its number
#
# All is under FOLDER, a short path, since sockets lie there; with SLURM_CONF=FOLDER/slurm.conf sbatch and the others are this cluster's.
# Partition urgent takes nodes away from partition main: main's jobs get TERM, later KILL, and are queued again.
set -euo pipefail
folder=$(realpath -m "$1"); command=$2
export SLURM_CONF=$folder/slurm.conf PATH=$PATH:/usr/sbin

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
up() { [[ $(sinfo -h -N -p main -o %T | grep -cE '^(idle|mixed|allocated|completing)$') == 2 ]]; }
quiet() { [[ -z $(squeue -h -t R,CG -o %i) ]]; }

configure() { # PORT ARRAY
    mkdir -p "$folder"/{state,spool,log,munge}; chmod 755 "$folder" "$folder"/{state,spool,log}; chmod 711 "$folder/munge"
    (umask 077; head -c 1024 /dev/urandom > "$folder/munge/key")
    local memory host; memory=$(($(awk '/MemTotal/ {print $2}' /proc/meminfo) / 2048)); host=$(hostname -s)
    cat > "$SLURM_CONF" <<END
ClusterName=local
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$1
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
JobCompType=jobcomp/none
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=1,bf_interval=2,sched_interval=2
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
ReturnToService=2
MaxArraySize=$2
MinJobAge=3600
SlurmdTimeout=20
$(for i in 1 2; do echo "NodeName=n$i NodeHostname=$host NodeAddr=127.0.0.1 Port=$(($1 + i)) CPUs=1 RealMemory=$memory"; done)
PartitionName=main Nodes=ALL Default=YES PriorityTier=1 PreemptMode=REQUEUE
PartitionName=urgent Nodes=ALL PriorityTier=10 PreemptMode=OFF
END
}

case $command in
start)
    configure "$3" "$4"
    munged --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
        --pid-file="$folder/munged.pid" --log-file="$folder/log/munged.log" --seed-file="$folder/munge/seed"
    slurmctld
    within 30 scontrol ping
    for node in n1 n2; do slurmd -N "$node"; done
    within 60 up ;;
stop)
    if alive "$folder/slurmctld.pid" slurmctld; then
        scancel --user root || true; within 60 quiet || true
    fi
    for node in n1 n2; do end "$folder/$node.pid" slurmd; done
    end "$folder/slurmctld.pid" slurmctld; end "$folder/munged.pid" munged ;;
esac
