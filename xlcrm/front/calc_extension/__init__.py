"""What runs inside LibreOffice, in its own Python: the extension's side of the pipe.

These modules are packed into xlcrm.oxt as they stand. They use the standard library and UNO only,
and no Python newer than 3.8, which is what some packages of LibreOffice bring. The work itself is
done by xlcrm.front.worker, a process in xlcrm's own environment.
"""
