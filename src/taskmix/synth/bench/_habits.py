"""How each person's own mix scatters about the team's: Dirichlet shares that last over time."""

import numpy as np
from scipy.special import gammaincinv

#: The larger, the more alike people are. The part of a task's variance that lies between people
#: is 1 / (1 + this).
CONCENTRATION = 12.0


def personal_shares(shares: np.ndarray, luck: np.ndarray) -> np.ndarray:
    """Turn a team's shares into one person's, the same luck giving a similar person.

    Each part is a gamma variable of shape `CONCENTRATION` times its share, drawn by inversion;
    divided by their sum they are Dirichlet with the team's shares as their mean, whatever these
    are in a month, and a person with a bent for judgment keeps it when the shares change.

    Parameters
    ----------
    shares
        Stay × part, sums to 1 in a row; 0 stays 0.
    luck
        Stay × part: the person's own uniform numbers, in (0, 1).

    Returns
    -------
    numpy.ndarray
        Stay × part, sums to 1 in a row.

    References
    ----------
    Devroye (1986). Non-Uniform Random Variate Generation, ch. XI.4 (Dirichlet from gammas),
    doi:10.1007/978-1-4613-8643-8.
    """
    shape = CONCENTRATION * shares
    gammas = np.where(shape > 0, gammaincinv(np.maximum(shape, 1e-12), luck), 0.0)
    return gammas / gammas.sum(axis=1, keepdims=True)
