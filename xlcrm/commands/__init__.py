"""The commands: read a sheet, one domain call, write sheets, report."""

from xlcrm.commands import clean as clean
from xlcrm.commands import dashboard as dashboard
from xlcrm.commands import dedupe as dedupe
from xlcrm.commands import marketing_actual as marketing_actual
from xlcrm.commands import marketing_build as marketing_build
from xlcrm.commands import marketing_treasury as marketing_treasury
from xlcrm.commands import prospecting as prospecting
from xlcrm.commands import quality as quality
from xlcrm.commands import score as score
from xlcrm.commands import segment as segment
from xlcrm.commands import target as target
from xlcrm.commands import treasury_actual as treasury_actual
from xlcrm.commands import treasury_build as treasury_build
from xlcrm.commands import treasury_exercise as treasury_exercise
from xlcrm.commands import treasury_simulate as treasury_simulate
from xlcrm.commands import unify as unify
