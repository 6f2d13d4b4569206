int luath_y(void);
