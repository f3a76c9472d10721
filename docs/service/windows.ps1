# Laoqi at the start of a Windows computer, before anybody logs in. Put laoqi.exe into
# C:\laoqi, set the address of the SMS gateway below, and run this once in a PowerShell
# window that was opened as administrator. The first-run code and the addresses stand
# in C:\laoqi\laoqi.log.
$folder = 'C:\laoqi'
$sms = 'http://192.168.1.20/send'

# The data folder holds the key: only the system and administrators may read it.
New-Item -ItemType Directory -Force "$folder\data" | Out-Null
icacls "$folder\data" /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null
New-NetFirewallRule -DisplayName 'Laoqi' -Direction Inbound -Protocol TCP -LocalPort 8080, 8443 -Action Allow | Out-Null

$run = New-ScheduledTaskAction -Execute 'cmd.exe' -WorkingDirectory $folder -Argument "/c laoqi.exe -data data -sms-url $sms >> laoqi.log 2>&1"
$when = New-ScheduledTaskTrigger -AtStartup
$how = New-ScheduledTaskSettingsSet -ExecutionTimeLimit 0 -RestartCount 99 -RestartInterval (New-TimeSpan -Minutes 1) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
Register-ScheduledTask -TaskName 'Laoqi' -Action $run -Trigger $when -Settings $how -User 'SYSTEM' -RunLevel Highest -Force | Out-Null
Start-ScheduledTask -TaskName 'Laoqi'
